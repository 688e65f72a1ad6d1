package io.narthex.notifier.email.internal.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.eclipse.angus.mail.util.QPDecoderStream;
import org.junit.jupiter.api.Test;

class QuotedPrintableTest {
  private static String decoded(String encoded) throws IOException {
    byte[] bytes = encoded.getBytes(StandardCharsets.US_ASCII);
    try (QPDecoderStream in = new QPDecoderStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void endsOfLinesStay() {
    assertThat(QuotedPrintable.of("a\nb\r\nc = größe \n"))
        .isEqualTo("a\r\nb\r\nc =3D gr=C3=B6=C3=9Fe=20\r\n");
  }

  @Test
  void anyTextIsAsciiInShortLinesAndCanBeReadBack() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(300); length > 0; length--) {
        switch (random.nextInt(5)) {
          case 0 -> text.append(". \t=".charAt(random.nextInt(4)));
          case 1 -> text.append("\r\n");
          case 2 -> text.appendCodePoint(0x80 + random.nextInt(0x700));
          default -> text.appendCodePoint(' ' + random.nextInt(95));
        }
      }
      String encoded = QuotedPrintable.of(text.toString());
      assertThat(encoded).matches("[\\x00-\\x7f]*");
      assertThat(encoded.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(77));
      assertThat(decoded(encoded)).isEqualTo(text.toString());
    }
  }
}
