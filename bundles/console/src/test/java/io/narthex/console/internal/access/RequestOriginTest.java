package io.narthex.console.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestOriginTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9099, true",
    "localhost:9099, true",
    "LocalHost, true",
    "[::1]:9099, true",
    "[::1], true",
    "evil.example:9099, false",
    "127.0.0.1.evil.example, false",
    "'', false",
    ", false"
  })
  void knowsNamesOfThisMachine(String host, boolean own) {
    assertThat(new RequestOrigin(host, null, null, null).namesLoopback()).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2:9099, 127.0.0.2, true",
    "Box.Example:9099, box.example, true",
    "box.example, box.example, true",
    "[0:0::1]:9099, 0:0::1, true",
    "localhost:9099, 127.0.0.2, true",
    "127.0.0.3:9099, 127.0.0.2, false",
    "evil.example:9099, box.example, false",
    ", box.example, false"
  })
  void knowsTheNameItIsGiven(String host, String configured, boolean own) {
    assertThat(new RequestOrigin(host, null, null, null).names(configured)).isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource({
    ",,, true",
    "http://localhost:9099,,, true",
    "http://localhost:9099,, same-origin, true",
    ", http://localhost:9099/system/console/bundles, , true",
    ",, none, true",
    "http://localhost:9090,,, false",
    "http://evil.example,,, false",
    "http://localhost:9099.evil.example,,, false",
    "null,,, false",
    "'http://local host',,, false",
    ", http://evil.example/, , false",
    ",, cross-site, false",
    "http://localhost:9099,, same-site, false"
  })
  void knowsItsOwnPages(String origin, String referer, String fetchSite, boolean own) {
    assertThat(new RequestOrigin("localhost:9099", origin, referer, fetchSite).isOwn())
        .isEqualTo(own);
  }
}
