package io.narthex.notifier.webhook.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerStartTest {
  private static String start(String... pieces) {
    AnswerStart start = new AnswerStart();
    for (String piece : pieces) {
      ByteBuffer buffer = ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8));
      assertThat(start.accept(buffer)).isTrue();
    }
    return start.text();
  }

  @Test
  void keepsAllOfAShortAnswer() {
    assertThat(start()).isEmpty();
    assertThat(start("no ", "größe\n")).isEqualTo("no größe\n");
    assertThat(start("x".repeat(AnswerStart.MAX_BYTES))).isEqualTo("x".repeat(2048));
  }

  @Test
  void cutsALongOneAtACharacter() {
    assertThat(start("x".repeat(AnswerStart.MAX_BYTES), "y")).isEqualTo("x".repeat(2048) + "…");
    assertThat(start("x".repeat(AnswerStart.MAX_BYTES - 1), "ä")).isEqualTo("x".repeat(2047) + "…");
  }

  @Test
  void bytesThatAreNoTextDoNotHarm() {
    AnswerStart start = new AnswerStart();
    start.accept(ByteBuffer.wrap(new byte[] {'a', (byte) 0xff, 'b', (byte) 0xc3}));
    assertThat(start.text()).isEqualTo("a\ufffdb\ufffd");
  }
}
