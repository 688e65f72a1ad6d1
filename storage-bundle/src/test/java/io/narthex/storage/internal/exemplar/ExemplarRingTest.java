package io.narthex.storage.internal.exemplar;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarOutcome;
import io.narthex.api.storage.ExemplarSeries;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExemplarRingTest {
  private static final Labels SERIES = Labels.of("s", "1");

  private static Exemplar exemplar(long time, double value, String id) {
    return new Exemplar(Labels.of("id", id), value, time);
  }

  @Test
  void sizeCanBeChanged() {
    ExemplarRing ring = new ExemplarRing(3);
    for (int i = 0; i < 5; i++) {
      ring.add(SERIES, exemplar(i, i, ""));
    }
    assertThat(times(ring)).containsExactly(2L, 3L, 4L);
    ring.resize(5);
    ring.add(SERIES, exemplar(5, 5, ""));
    ring.add(SERIES, exemplar(6, 6, ""));
    assertThat(times(ring)).containsExactly(2L, 3L, 4L, 5L, 6L);
    ring.resize(1);
    assertThat(times(ring)).containsExactly(6L);
    assertThat(ring.stats()).isEqualTo(new ExemplarRing.Stats(1, 1, 1, 6, 7, 0));
    ring.resize(-1);
    assertThat(times(ring)).isEmpty();
    assertThat(ring.stats()).isEqualTo(new ExemplarRing.Stats(0, 0, 0, 0, 7, 0));
    assertThat(ring.check(SERIES, exemplar(9, 9, ""))).isEqualTo(ExemplarOutcome.NOT_KEPT);
    ring.add(SERIES, exemplar(9, 9, ""));
    ring.resize(2);
    ring.add(SERIES, exemplar(0, 0, ""));
    assertThat(times(ring)).containsExactly(0L);
  }

  private static List<Long> times(ExemplarRing ring) {
    return ring.select(Long.MIN_VALUE, Long.MAX_VALUE, labels -> true).stream()
        .flatMap(series -> series.exemplars().stream())
        .map(Exemplar::timestamp)
        .toList();
  }

  @Test
  void notANumberIsNeverARepetition() {
    ExemplarRing ring = new ExemplarRing(9);
    ring.add(SERIES, exemplar(1, Double.NaN, "a"));
    ring.add(SERIES, exemplar(1, Double.NaN, "a"));
    ring.add(SERIES, exemplar(1, 1, "a"));
    assertThat(ring.stats().size()).isEqualTo(3);
  }

  @Test
  void equalTimeAndValueAreOrderedByTheHashOfTheLabels() {
    Exemplar a = exemplar(1, 1, "a");
    Exemplar b = exemplar(1, 1, "b");
    boolean first = Long.compareUnsigned(a.labels().stableHash(), b.labels().stableHash()) < 0;
    ExemplarRing ring = new ExemplarRing(9);
    ring.add(SERIES, first ? b : a);
    assertThat(ring.check(SERIES, first ? a : b)).isEqualTo(ExemplarOutcome.OUT_OF_ORDER);
    assertThat(ring.stats().outOfOrder()).isEqualTo(1);
    ring.add(Labels.of("s", "2"), first ? a : b);
    assertThat(ring.check(Labels.of("s", "2"), first ? b : a)).isEqualTo(ExemplarOutcome.ACCEPTED);
  }

  /** Beside the plainest ring that there could be. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void keepsWhatAListWould(int seed) {
    record Kept(Labels series, Exemplar exemplar) {}
    Random random = new Random(seed);
    ExemplarRing ring = new ExemplarRing(20);
    int capacity = 20;
    Deque<Kept> model = new ArrayDeque<>();
    long time = 0;
    for (int step = 0; step < 5000; step++) {
      if (random.nextInt(100) == 0) {
        capacity = random.nextInt(40);
        ring.resize(capacity);
      } else {
        Kept kept =
            new Kept(Labels.of("s", "" + random.nextInt(8)), exemplar(time++, step, "" + step));
        ring.add(kept.series(), kept.exemplar());
        model.addLast(kept);
      }
      while (model.size() > capacity) {
        model.removeFirst();
      }
      TreeMap<Labels, List<Exemplar>> expected = new TreeMap<>();
      long from = time - random.nextInt(30);
      for (Kept kept : model) {
        if (kept.exemplar().timestamp() >= from) {
          expected.computeIfAbsent(kept.series(), s -> new ArrayList<>()).add(kept.exemplar());
        }
      }
      assertThat(ring.select(from, Long.MAX_VALUE, labels -> true))
          .isEqualTo(
              expected.entrySet().stream()
                  .map(e -> new ExemplarSeries(e.getKey(), e.getValue()))
                  .toList());
      assertThat(ring.stats().size()).isEqualTo(model.size());
      assertThat(ring.stats().series())
          .isEqualTo(model.stream().map(Kept::series).distinct().count());
    }
  }
}
