package io.narthex.rules.internal.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.rules.internal.file.GroupDefinition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupScheduleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final GroupSchedule SCHEDULE = new GroupSchedule(60 * SECOND, 7 * SECOND + 1);

  @Test
  void timesHaveThePhase() {
    assertThat(SCHEDULE.slotBefore(67 * SECOND + 1)).isEqualTo(67 * SECOND + 1);
    assertThat(SCHEDULE.slotBefore(67 * SECOND)).isEqualTo(7 * SECOND + 1);
    Random random = new Random(20261125);
    for (int i = 0; i < 1000; i++) {
      long now = random.nextLong(1L << 60);
      long slot = SCHEDULE.slotBefore(now);
      assertThat(slot).isLessThanOrEqualTo(now).isGreaterThan(now - 60 * SECOND);
      assertThat(slot % (60 * SECOND)).isEqualTo(7 * SECOND + 1);
    }
  }

  /** In seconds, from a slot: the last evaluation, now; the next and how many are missed. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 60, 0",
    "0, 59, 60, 0",
    "0, 60, 60, 0",
    "0, 119, 60, 0",
    "0, 120, 120, 1",
    "0, 250, 240, 3",
    "600, 10, 60, 0",
  })
  void whatHasPassedIsMissedButForTheLast(long last, long now, long next, long missed) {
    long base = 7 * SECOND + 1;
    long found = SCHEDULE.after(base + last * SECOND, base + now * SECOND);
    assertThat(found).isEqualTo(base + next * SECOND);
    assertThat(SCHEDULE.missed(base + last * SECOND, found)).isEqualTo(missed);
  }

  /** The specification's values, and one with full stripes, by the library that upstream uses. */
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "abcdefghijklmnopqrstuvwxyz, cfe1f278fa89835c",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789, aaa46907d3047814"
  })
  void hashesAsXxh64(String text, String hash) {
    assertThat(PhaseHash.xxh64(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Long.parseUnsignedLong(hash, 16));
  }

  /**
   * Seen at a Prometheus 3.14: {@code activeAt} of an alert, and timestamps of recorded samples.
   */
  @Test
  void groupsHaveUpstreamsPhases() {
    String file = "/tmp/rules-up/rules/a.yml";
    assertThat(GroupSchedule.of(group(file, "g", 10)).phase()).isEqualTo(8_370_408_033L);
    long other = GroupSchedule.of(group(file, "another group with a long name", 7)).phase();
    assertThat(other / 1_000_000).isEqualTo(1_795_578_899_455L % 7000);
  }

  private static GroupDefinition group(String file, String name, int seconds) {
    return new GroupDefinition(
        file, name, Duration.ofSeconds(seconds), 0, Optional.empty(), List.of());
  }

  @Test
  void hashesFileAndNameInUpstreamsLayout() {
    byte[] layout = HexFormat.of().parseHex("0466696c6505612e796d6c046e616d650167");
    assertThat(PhaseHash.of("a.yml", "g")).isEqualTo(PhaseHash.xxh64(layout));
    String longName = "x".repeat(300);
    byte[] longLayout =
        HexFormat.of().parseHex("0466696c6505612e796d6c046e616d65ff2c0100" + "78".repeat(300));
    assertThat(PhaseHash.of("a.yml", longName)).isEqualTo(PhaseHash.xxh64(longLayout));
  }
}
