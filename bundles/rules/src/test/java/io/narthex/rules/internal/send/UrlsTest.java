package io.narthex.rules.internal.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlsTest {
  /** The right sides are what Go's {@code url.QueryEscape} gives. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      quoteCharacter = '`',
      value = {
        "up == 0 -> up+%3D%3D+0",
        "a*b~c-d_e.f -> a%2Ab~c-d_e.f",
        "x{job=~\"a|b\"}[5m] -> x%7Bjob%3D~%22a%7Cb%22%7D%5B5m%5D",
        "é/%+&?# -> %C3%A9%2F%25%2B%26%3F%23",
        "(a, b)!'$:;@ -> %28a%2C+b%29%21%27%24%3A%3B%40"
      })
  void theLinkEscapesAsGoDoes(String expression, String escaped) {
    assertThat(GeneratorUrl.of("http://h:9090", expression))
        .isEqualTo("http://h:9090/graph?g0.expr=" + escaped + "&g0.tab=1");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:9090, http://h:9090",
    ":80, http://h:80",
    "[::1]:9090, http://h:9090",
    "127.0.0.1:0, http://h:0"
  })
  void theOutsideUrlIsTheHostWithTheFirstPort(String address, String url) {
    assertThat(ExternalUrl.of("h", address)).isEqualTo(url);
  }
}
