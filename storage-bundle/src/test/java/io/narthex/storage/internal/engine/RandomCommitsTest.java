package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.tck.log.InMemoryLogStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commits of one or several times, with series that come, stay away and come again, so that samples
 * go in rows and beside them, against a plain model, over restarts.
 */
class RandomCommitsTest {
  private static final AppendSource SOURCE = new AppendSource("scrape", "target");

  private final TestClock clock = new TestClock();
  private final TreeMap<String, TreeMap<Long, Double>> model = new TreeMap<>();
  private InMemoryLogStore store = new InMemoryLogStore();
  private Storages storages = Storages.start(store, clock);

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  private void restart(IngestLimits limits) {
    storages.storage().stop(Duration.ZERO);
    store = store.next();
    storages = Storages.start(store, clock, limits);
  }

  private TreeMap<String, TreeMap<Long, Double>> all() {
    TreeMap<String, TreeMap<Long, Double>> result = new TreeMap<>();
    long[] times = new long[100];
    double[] values = new double[100];
    try (Querier querier = storages.storage().querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(Long.MIN_VALUE, Long.MAX_VALUE, List.of());
      while (set.next()) {
        TreeMap<Long, Double> samples = new TreeMap<>();
        SampleCursor cursor = set.samples();
        int n;
        while ((n = cursor.read(times, values, 0, 100)) >= 0) {
          for (int i = 0; i < n; i++) {
            samples.put(times[i], values[i]);
          }
        }
        if (!samples.isEmpty()) {
          result.put(set.labels().get("n"), samples);
        }
      }
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasAcceptedIsThereLiveAndAfterEachStart(int seed) {
    Random random = new Random(seed);
    for (int life = 0; life < 4; life++) {
      try (Appender appender = storages.storage().appender(SOURCE)) {
        for (int commit = 0; commit < 60; commit++) {
          clock.advance(random.nextInt(40) == 0 ? 7_200_000 : random.nextInt(20_000));
          commit(appender, random);
        }
      }
      assertThat(all()).isEqualTo(model);
      restart(Storages.LIMITS);
      assertThat(storages.problems()).isEmpty();
      assertThat(all()).isEqualTo(model);
    }
  }

  private void commit(Appender appender, Random random) {
    int times = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1;
    int from = random.nextInt(10);
    int to = from + 1 + random.nextInt(20);
    for (int k = times - 1; k >= 0; k--) {
      for (int i = from; i < to; i++) {
        if (random.nextInt(10) > 0) {
          int jitter = random.nextInt(15) == 0 ? random.nextInt(300) - 150 : 0;
          append(appender, "s" + i, clock.wallMillis() - k * 100 + jitter, value(random));
        }
      }
    }
    appender.commit();
  }

  private static double value(Random random) {
    return random.nextInt(3) == 0 ? random.nextInt(100) / 10.0 : random.nextInt(5);
  }

  private void append(Appender appender, String name, long time, double value) {
    appender.append(appender.slot(Labels.of("n", name)), time, value);
    TreeMap<Long, Double> samples = model.computeIfAbsent(name, unused -> new TreeMap<>());
    if (samples.isEmpty() || time > samples.lastKey()) {
      samples.put(time, value);
    }
  }

  @Test
  void seriesThatHadNoPanelMayGetOneInTheSameCommit() {
    long time = clock.wallMillis();
    try (Appender appender = storages.storage().appender(SOURCE)) {
      for (int i = 0; i < 5; i++) {
        append(appender, "p" + i, time, i);
      }
      appender.commit();
      append(appender, "x", time + 1, 1);
      for (int i = 0; i < 5; i++) {
        append(appender, "p" + i, time + 2, i);
      }
      append(appender, "x", time + 2, 2);
      appender.commit();
    }
    assertThat(all().get("x")).isEqualTo(new TreeMap<>(Map.of(time + 1, 1.0, time + 2, 2.0)));
  }

  /** With less room than when the log was written, idle series are dropped, and then go on. */
  @ParameterizedTest
  @ValueSource(longs = {1 << 20, 1 << 21, 1 << 22, 1 << 30})
  void aReplayWithLessRoomGoesOnWithWhatItDropped(long bytes) {
    Random random = new Random(1);
    try (Appender idle = storages.storage().appender(SOURCE);
        Appender busy = storages.storage().appender(SOURCE)) {
      for (int row = 0; row < 70; row++) {
        for (int i = 0; i < 5; i++) {
          append(idle, "p" + i, clock.wallMillis(), i);
        }
        idle.commit();
        for (int k = 0; k < (row == 0 ? 300 : 1); k++) {
          clock.advance(15_000);
          for (int i = 0; i < 500; i++) {
            busy.append(
                busy.slot(Labels.of("n", "q" + i)), clock.wallMillis(), random.nextDouble());
          }
          busy.commit();
        }
      }
    }
    restart(new IngestLimits(15 * 86_400_000L, 600_000, bytes));

    assertThat(storages.problems()).isEmpty();
    assertThat(all().get("p1").lastKey()).isEqualTo(model.get("p1").lastKey());
    assertThat(all().get("q1").lastKey()).isEqualTo(clock.wallMillis());
  }
}
