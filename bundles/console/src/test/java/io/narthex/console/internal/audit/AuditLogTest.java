package io.narthex.console.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final Clock CLOCK =
      new Clock() {
        @Override
        public long wallMillis() {
          return 1_000;
        }

        @Override
        public long monotonicNanos() {
          return 0;
        }
      };

  @TempDir Path folder;

  @Test
  void writesALineForEachAction() throws IOException {
    AuditLog log = new AuditLog(folder.resolve("audit"), CLOCK);
    assertThat(log.note(entry("eva"))).isTrue();
    assertThat(log.note(entry("\"x\"\n"))).isTrue();

    assertThat(Files.readAllLines(folder.resolve("audit/console.log")))
        .containsExactly(
            "{\"time\":\"1970-01-01T00:00:01Z\",\"user\":\"eva\",\"remote\":\"127.0.0.1\",\"method\":\"POST\","
                + "\"path\":\"/system/console/bundles/7\",\"action\":\"stop\",\"outcome\":\"allowed\"}",
            "{\"time\":\"1970-01-01T00:00:01Z\",\"user\":\"\\\"x\\\"\\n\",\"remote\":\"127.0.0.1\",\"method\":\"POST\","
                + "\"path\":\"/system/console/bundles/7\",\"action\":\"stop\",\"outcome\":\"allowed\"}");
  }

  @Test
  void keepsTheFileBeforeAndNotMore() throws IOException {
    AuditLog log = new AuditLog(folder, CLOCK, 400);
    for (int i = 0; i < 20; i++) {
      assertThat(log.note(entry("user" + i))).isTrue();
    }
    assertThat(Files.readString(folder.resolve("console.log"))).contains("user19");
    assertThat(Files.size(folder.resolve("console.log"))).isLessThanOrEqualTo(400);
    assertThat(Files.size(folder.resolve("console.1.log"))).isLessThanOrEqualTo(400);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void longFieldsAreCut() throws IOException {
    AuditLog log = new AuditLog(folder, CLOCK);
    String x = "x".repeat(100_000);
    assertThat(log.note(new AuditLog.Entry(x, x, x, x, x, x))).isTrue();
    assertThat(Files.readString(folder.resolve("console.log")))
        .contains("\"user\":\"" + "x".repeat(255) + "…\"")
        .hasSizeLessThan(6 * 256 + 200);
    String pairs = "x" + "😀".repeat(200);
    assertThat(AuditLog.shortened(pairs)).isEqualTo("x" + "😀".repeat(127) + "…");
    assertThat(AuditLog.shortened("x" + pairs)).isEqualTo("xx" + "😀".repeat(126) + "…");
    assertThat(AuditLog.shortened("x".repeat(256))).isEqualTo("x".repeat(256));
  }

  @Test
  void saysWhenItCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("in-the-way"), "");
    assertThat(new AuditLog(file, CLOCK).note(entry("eva"))).isFalse();
  }

  private static AuditLog.Entry entry(String user) {
    return new AuditLog.Entry(
        user, "127.0.0.1", "POST", "/system/console/bundles/7", "stop", "allowed");
  }
}
