package io.narthex.storage.internal.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.memory.Reclaimer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A writer adds and removes series and cleans up, while readers come and go that each see the index
 * as it was at the commit at which they opened. All access to memory is checked.
 */
class ConcurrentReadersTest {
  private static final int COMMITS = 120;
  private static final int KINDS = 5;

  /** What a reader of a commit sees, and perhaps series that were removed since. */
  private record Seen(LabelView view, Map<Integer, Labels> model) {}

  /** One index, its readers and what they should see. */
  private static final class Run {
    final Random random;
    final TreeMap<Long, Integer> marks = new TreeMap<>();
    final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    final Reclaimer reclaimer = new Reclaimer(() -> commit(), this::oldest);
    final LabelIndex index = new LabelIndex(reclaimer);
    final Map<Integer, Labels> live = new HashMap<>();
    long commit;
    Map<Integer, Labels> published = Map.of();
    volatile boolean isOver;

    Run(Random random) {
      this.random = random;
    }

    private long commit() {
      return commit;
    }

    private synchronized long oldest() {
      return marks.isEmpty() ? Long.MAX_VALUE : marks.firstKey();
    }

    /** Under the lock, as the head opens its readers. */
    synchronized Seen open() {
      marks.merge(commit, 1, Integer::sum);
      return new Seen(index.view(), published);
    }

    synchronized void close(long mark) {
      marks.computeIfPresent(mark, (unused, n) -> n == 1 ? null : n - 1);
    }

    synchronized void write() {
      for (int i = random.nextInt(40); i > 0; i--) {
        Labels labels = labels(random.nextInt(2000));
        int known = index.find(labels);
        assertThat(known >= 0).isEqualTo(live.containsValue(labels));
        if (known < 0) {
          live.put(index.add(labels), labels);
        } else {
          assertThat(live.remove(known)).isEqualTo(labels);
          index.remove(known);
        }
      }
      if (random.nextInt(10) == 0) {
        index.startCleanup();
      }
      index.cleanUp(random.nextInt(200));
      published = Map.copyOf(live);
      commit++;
      reclaimer.reclaim();
    }
  }

  private static Labels labels(int i) {
    return i % 3 == 0
        ? Labels.of("kind", "k" + i % KINDS, "id", "" + i)
        : Labels.of("kind", "k" + i % KINDS, "id", "" + i, "more", "text".repeat(i % 40) + i % 7);
  }

  private static void check(Seen seen, Random random) {
    LabelView view = seen.view();
    TreeSet<Integer> expected = new TreeSet<>();
    String kind = "k" + random.nextInt(KINDS);
    for (Map.Entry<Integer, Labels> each : seen.model().entrySet()) {
      if (each.getValue().get("kind").equals(kind)) {
        expected.add(each.getKey());
      }
    }
    PostingsCursor cursor = view.with("kind", kind);
    Integer before = null;
    for (int id = cursor.next(); id != PostingsCursor.END; id = cursor.next()) {
      assertThat(id).isLessThan(view.limit());
      boolean wasThere = expected.remove(id);
      if (wasThere) {
        assertThat(view.labels(id)).isEqualTo(seen.model().get(id));
        assertThat(view.value(id, "id")).isEqualTo(seen.model().get(id).get("id"));
        if (before != null) {
          assertThat(Integer.signum(view.compare(before, id)))
              .isEqualTo(Integer.signum(seen.model().get(before).compareTo(seen.model().get(id))));
        }
        before = id;
      } else {
        assertThat(view.isRemoved(id)).as("series %d was removed before", id).isTrue();
      }
    }
    assertThat(expected).as("series that were not found").isEmpty();
    PostingsCursor some = view.with("more", text -> text.endsWith("3"));
    for (int id = some.next(); id != PostingsCursor.END; id = some.next()) {
      assertThat(view.value(id, "more")).endsWith("3");
    }
  }

  private static void read(Run run, int seed) {
    Random random = new Random(seed);
    try {
      while (!run.isOver) {
        Seen seen;
        long mark;
        synchronized (run) {
          seen = run.open();
          mark = run.commit;
        }
        for (int i = random.nextInt(4); i >= 0; i--) {
          check(seen, random);
        }
        run.close(mark);
      }
    } catch (Throwable e) {
      run.failure.compareAndSet(null, e);
    }
  }

  @Test
  void readersSeeTheIndexAsItWasWhileSeriesComeAndGo() throws InterruptedException {
    for (int seed = 0; seed < 20; seed++) {
      Run run = new Run(new Random(seed));
      List<Thread> threads = new ArrayList<>();
      for (int reader = 0; reader < 2; reader++) {
        int number = 31 * seed + reader;
        threads.add(Thread.ofPlatform().start(() -> read(run, number)));
      }
      for (int i = 0; i < COMMITS && run.failure.get() == null; i++) {
        run.write();
        Thread.onSpinWait();
      }
      run.isOver = true;
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(run.failure.get()).as("seed %d", seed).isNull();
      run.write();
      assertThat(run.reclaimer.waiting()).isZero();
      run.index.close();
    }
  }
}
