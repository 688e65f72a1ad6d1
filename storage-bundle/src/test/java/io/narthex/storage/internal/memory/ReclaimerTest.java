package io.narthex.storage.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReclaimerTest {
  private long commit;
  private final PriorityQueue<Long> readers = new PriorityQueue<>();
  private final List<String> freed = new ArrayList<>();
  private final Reclaimer reclaimer =
      new Reclaimer(() -> commit, () -> readers.isEmpty() ? Long.MAX_VALUE : readers.peek());

  @Test
  void withoutReadersItFreesAtOnce() {
    reclaimer.retire(() -> freed.add("a"));

    assertThat(freed).containsExactly("a");
    assertThat(reclaimer.waiting()).isZero();
  }

  @Test
  void readerOfTheSameCommitIsWaitedFor() {
    commit = 7;
    readers.add(7L);
    reclaimer.retire(() -> freed.add("a"));
    reclaimer.reclaim();
    assertThat(freed).isEmpty();
    assertThat(reclaimer.waiting()).isEqualTo(1);

    commit = 8;
    readers.add(8L);
    readers.remove(7L);
    reclaimer.reclaim();
    assertThat(freed).containsExactly("a");
    assertThat(reclaimer.waiting()).isZero();
  }

  @Test
  void readerThatOpenedBeforeIsWaitedForThoughNewerOnesHaveGone() {
    readers.add(3L);
    commit = 5;
    reclaimer.retire(() -> freed.add("a"));
    readers.add(6L);
    readers.remove(6L);
    reclaimer.reclaim();
    assertThat(freed).isEmpty();

    readers.remove(3L);
    reclaimer.reclaim();
    assertThat(freed).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nothingIsFreedWhileReaderMaySeeItAndAllInTheEnd(int seed) {
    Random random = new Random(seed);
    // What was retired, with the readers that were open then.
    List<List<Long>> seenBy = new ArrayList<>();
    List<Boolean> isFree = new ArrayList<>();
    for (int step = 0; step < 3_000; step++) {
      switch (random.nextInt(4)) {
        case 0 -> readers.add(commit);
        case 1 -> {
          List<Long> open = new ArrayList<>(readers);
          if (!open.isEmpty()) {
            readers.remove(open.get(random.nextInt(open.size())));
          }
        }
        case 2 -> {
          int id = isFree.size();
          isFree.add(false);
          seenBy.add(new ArrayList<>(readers));
          reclaimer.retire(() -> isFree.set(id, true));
        }
        default -> {
          commit++;
          reclaimer.reclaim();
        }
      }
      for (int i = 0; i < isFree.size(); i++) {
        if (isFree.get(i)) {
          assertThat(Collections.disjoint(seenBy.get(i), readers)).as("readers of %d", i).isTrue();
          seenBy.set(i, List.of());
        }
      }
    }
    readers.clear();
    reclaimer.reclaim();
    assertThat(isFree).doesNotContain(false);
  }
}
