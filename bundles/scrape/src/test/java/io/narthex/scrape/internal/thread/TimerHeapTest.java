package io.narthex.scrape.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
  private record Planned(long at, int number, TimerHeap.Entry entry) {}

  @Test
  void givesTheTasksInTheOrderOfTheirTimesWithoutThoseCancelled() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      TimerHeap heap = new TimerHeap();
      List<Integer> ran = new ArrayList<>();
      List<Planned> planned = new ArrayList<>();
      int count = 1 + random.nextInt(300);
      for (int i = 0; i < count; i++) {
        int number = i;
        // Times are all different, and lie on both sides of an overflow.
        long at = base() + random.nextInt(1000) * 1000L + i;
        planned.add(new Planned(at, i, heap.add(() -> ran.add(number), at)));
      }
      planned.removeIf(
          timer -> {
            boolean cancelled = random.nextInt(3) == 0;
            if (cancelled) {
              timer.entry().cancel();
              timer.entry().cancel();
            }
            return cancelled;
          });
      planned.sort(Comparator.comparingLong(timer -> timer.at() - base()));

      long end = base() + 2_000_000;
      for (Runnable due = heap.takeDue(end); due != null; due = heap.takeDue(end)) {
        due.run();
      }

      assertThat(ran).isEqualTo(planned.stream().map(Planned::number).toList());
    }
  }

  /** Close to where the monotonic clock would overflow. */
  private static long base() {
    return Long.MAX_VALUE - 500_000;
  }

  @Test
  void givesNothingBeforeItsTimeAndSaysHowLongItIs() {
    TimerHeap heap = new TimerHeap();
    assertThat(heap.nanosToNext(0, 99)).isEqualTo(99);
    TimerHeap.Entry later = heap.add(() -> {}, 50);
    assertThat(heap.isNext(later)).isTrue();
    TimerHeap.Entry sooner = heap.add(() -> {}, 10);
    assertThat(heap.isNext(later)).isFalse();
    assertThat(heap.takeDue(9)).isNull();
    assertThat(heap.nanosToNext(9, 99)).isEqualTo(1);
    assertThat(heap.nanosToNext(20, 99)).isZero();
    sooner.cancel();
    assertThat(heap.nanosToNext(20, 99)).isEqualTo(30);
    assertThat(heap.takeDue(50)).isNotNull();
    assertThat(heap.takeDue(50)).isNull();
  }
}
