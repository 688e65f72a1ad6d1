package io.narthex.pushgateway.internal.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that would take hours if anything were quadratic. */
@Timeout(60)
class TextParserSpeedTest {
  @Test
  void manyLabelsOnALine() throws Exception {
    StringBuilder line = new StringBuilder("m{");
    for (int i = 0; i < 300_000; i++) {
      line.append('l').append(i).append("=\"\",");
    }
    assertThat(parse(line.append("} 1\n").toString()).families()).hasSize(1);
  }

  @Test
  void manyFamilies() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append('m').append(i).append(" 1\n");
    }
    assertThat(parse(text.toString()).families()).hasSize(200_000);
  }

  @Test
  void manySummaries() throws Exception {
    StringBuilder text = new StringBuilder("# TYPE s summary\n");
    for (int i = 0; i < 100_000; i++) {
      text.append("s{x=\"").append(i).append("\",quantile=\"0.5\"} 1\n");
    }
    assertThat(parse(text.toString()).families().getFirst().metrics()).hasSize(100_000);
  }

  @Test
  void longTokens() throws Exception {
    String digits = "1".repeat(2_000_000);
    assertThat(parse("m{x=\"" + digits + "\"} 0." + digits + "\n").families()).hasSize(1);
  }

  private static ParsedPush parse(String text) throws PushFormatException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return TextParser.parse(
        body, body.length, new IntakeMemory(Long.MAX_VALUE).share(Long.MAX_VALUE));
  }
}
