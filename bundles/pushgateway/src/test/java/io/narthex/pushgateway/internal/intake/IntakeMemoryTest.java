package io.narthex.pushgateway.internal.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeMemoryTest {
  /** Each of these would be read to its end if what it repeats did not count. */
  @ParameterizedTest
  @CsvSource({
    "'', 'a 1\n', ''",
    "'', '# TYPE a%d counter\n', ''",
    "'a{', 'l%d=\"\",', '} 1\n'",
    "'', 'a{x=\"0123456789012345678901234567890123456789\"} 1\n', ''",
    "'# TYPE s summary\n', 's{quantile=\"0.5\"} 1\n', ''",
    "'# TYPE s summary\n', 's_count{x=\"%d\"} 1\n', ''",
    "'# TYPE h histogram\n', 'h_bucket{le=\"1\"} 1\n', ''",
  })
  void whatIsReadCounts(String before, String repeated, String after) {
    StringBuilder text = new StringBuilder(before);
    for (int i = 0; i < 1_000; i++) {
      text.append(repeated.replace("%d", Integer.toString(i)));
    }
    byte[] body = text.append(after).toString().getBytes(StandardCharsets.UTF_8);
    IntakeMemory memory = new IntakeMemory(Long.MAX_VALUE);
    try (IntakeMemory.Share share = memory.share(50_000)) {
      PushTooLargeException large =
          catchThrowableOfType(
              PushTooLargeException.class, () -> TextParser.parse(body, body.length, share));
      assertThat(large.isPassing()).isFalse();
      assertThat(large.weight()).isBetween(50_001L, 50_300L);
    }
    assertThat(memory.taken()).isZero();
  }

  @Test
  void bodiesThatAreReadAtTheSameTimeShareIt() throws Exception {
    IntakeMemory memory = new IntakeMemory(1_000_000);
    try (IntakeMemory.Share first = memory.share(5_000_000);
        IntakeMemory.Share second = memory.share(5_000_000)) {
      first.add(900_000);
      assertThatThrownBy(() -> second.add(200_000))
          .isInstanceOfSatisfying(
              PushTooLargeException.class, e -> assertThat(e.isPassing()).isTrue());
    }
    assertThat(memory.taken()).isZero();
    try (IntakeMemory.Share alone = memory.share(5_000_000)) {
      assertThatCode(() -> alone.add(4_000_000)).doesNotThrowAnyException();
      assertThatThrownBy(() -> alone.add(1_000_001))
          .isInstanceOfSatisfying(
              PushTooLargeException.class, e -> assertThat(e.isPassing()).isFalse());
    }
  }
}
