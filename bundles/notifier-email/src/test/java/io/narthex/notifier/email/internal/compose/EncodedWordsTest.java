package io.narthex.notifier.email.internal.compose;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EncodedWordsTest {
  @Test
  void asciiStaysAsItIs() {
    String value = "[FIRING:1] Down \"x\" <a@b>\t~ =?_ (c)";
    assertThat(EncodedWords.of(value)).isEqualTo(value);
    assertThat(EncodedWords.of("")).isEmpty();
  }

  @Test
  void asciiThatIsTooLongForALineIsFoldedToo() {
    assertThat(EncodedWords.of("x".repeat(850))).isEqualTo("x".repeat(850));
    assertThat(EncodedWords.of("x".repeat(851)).lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThan(77));
  }

  @Test
  void otherValuesAreEncodedWhole() {
    assertThat(EncodedWords.of("größe a_b=c?"))
        .isEqualTo("=?utf-8?q?gr=C3=B6=C3=9Fe_a=5Fb=3Dc=3F?=");
  }

  @Test
  void noValueBeginsAnotherHeader() {
    assertThat(EncodedWords.of("a\r\nBcc: x@y")).isEqualTo("=?utf-8?q?a=0D=0ABcc:_x@y?=");
    assertThat(EncodedWords.of("a\nb\u007f")).isEqualTo("=?utf-8?q?a=0Ab=7F?=");
  }

  @Test
  void longValuesAreFoldedBetweenCharactersAndCanBeReadBack() throws UnsupportedEncodingException {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder("ä");
      for (int length = random.nextInt(200); length > 0; length--) {
        text.appendCodePoint(
            random.nextBoolean() ? ' ' + random.nextInt(95) : 0x1f600 + random.nextInt(50));
      }
      String encoded = EncodedWords.of(text.toString());
      assertThat(encoded.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(77));
      assertThat(encoded).matches("[ -~\r\n]*");
      assertThat(MimeUtility.decodeText(MimeUtility.unfold(encoded))).isEqualTo(text.toString());
    }
  }
}
