package io.narthex.http.client.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class GoQuoteTest {
  @Test
  void quotesAsGoDoes() {
    assertThat(GoQuote.of("a\"b\\c\n\r\t\u0000\u001f\u007f~"))
        .isEqualTo("\"a\\\"b\\\\c\\n\\r\\t\\x00\\x1f\\x7f~\"");
    assertThat(GoQuote.of("\u00ff\u00fe")).isEqualTo("\"\\xff\\xfe\"");
    String utf8 = new String("é€😀".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(GoQuote.of(utf8 + "\u00e2")).isEqualTo("\"é€😀\\xe2\"");
  }
}
