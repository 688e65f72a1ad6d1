package io.narthex.runtime.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthRuleTest {
  /** In megabytes; the rule wants at least 6 of growth, and an eighth, and less than 256 in all. */
  @ParameterizedTest
  @CsvSource({
    "6, 0, false",
    "7, 0, true",
    "25, 20, false",
    "27, 20, true",
    "90, 80, false",
    "91, 80, true",
    "255, 200, true",
    "256, 100, false",
    "20, 50, false"
  })
  void collectsWhatHasGrown(long used, long afterLast, boolean due) {
    assertThat(GrowthRule.DEFAULT.isDue(used << 20, afterLast << 20)).isEqualTo(due);
  }
}
