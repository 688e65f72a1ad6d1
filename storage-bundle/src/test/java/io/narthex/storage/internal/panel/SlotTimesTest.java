package io.narthex.storage.internal.panel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotTimesTest {
  @Test
  void takesNoMemoryAsLongAsNothingHappens() {
    SlotTimes times = new SlotTimes();

    assertThat(times.memoryBytes()).isZero();
    assertThat(times.first(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(times.last(Panel.MAX_SLOTS - 1)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void remembersEachSlotsLatest() {
    Random random = new Random(5);
    SlotTimes times = new SlotTimes();
    long[] first = new long[Panel.MAX_SLOTS];
    long[] last = new long[Panel.MAX_SLOTS];
    Arrays.fill(first, Long.MIN_VALUE);
    Arrays.fill(last, Long.MIN_VALUE);
    for (int step = 0; step < 2_000; step++) {
      int slot = random.nextInt(1 + Math.min(step, Panel.MAX_SLOTS - 1));
      long time = random.nextLong();
      if (random.nextBoolean()) {
        times.began(slot, time);
        first[slot] = time;
      } else {
        times.ended(slot, time);
        last[slot] = time;
      }
      int other = random.nextInt(Panel.MAX_SLOTS);
      assertThat(times.first(other)).isEqualTo(first[other]);
      assertThat(times.last(other)).isEqualTo(last[other]);
      assertThat(times.first(slot)).isEqualTo(first[slot]);
      assertThat(times.last(slot)).isEqualTo(last[slot]);
    }
    assertThat(times.memoryBytes()).isEqualTo(2 * 8 * Panel.MAX_SLOTS);
  }
}
