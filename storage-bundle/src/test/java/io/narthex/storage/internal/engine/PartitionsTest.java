package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.tck.log.InMemoryLogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources whose commits go to several partitions of a log that completes them in any order. */
class PartitionsTest {
  private static final int SOURCES = 7;

  private final TestClock clock = new TestClock();
  private final Map<String, TreeMap<Long, Double>> model = new TreeMap<>();

  static IntStream seeds() {
    return IntStream.range(0, 12);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatEachSourceWroteIsThereAfterEachStart(int seed) throws Exception {
    Random random = new Random(seed);
    InMemoryLogStore store = InMemoryLogStore.delayed(seed, 4, Duration.ofNanos(100_000));
    for (int life = 0; life < 3; life++) {
      Storages storages = Storages.start(store, clock);
      assertThat(storages.problems()).isEmpty();
      assertThat(all(storages)).isEqualTo(model);
      writeAtOnce(storages, random);
      assertThat(all(storages)).isEqualTo(model);
      storages.storage().stop(Duration.ofSeconds(5));
      store = store.next();
    }
  }

  /** Each source has its own series, its own thread and the same times. */
  private void writeAtOnce(Storages storages, Random random) throws Exception {
    List<Thread> threads = new ArrayList<>();
    long from = clock.wallMillis();
    for (int source = 0; source < SOURCES; source++) {
      String key = "s" + source;
      long seed = random.nextLong();
      threads.add(Thread.ofPlatform().start(() -> write(storages, key, from, new Random(seed))));
    }
    for (Thread each : threads) {
      each.join();
    }
    clock.advance(200_000);
  }

  private void write(Storages storages, String source, long from, Random random) {
    try (Appender appender = storages.storage().appender(new AppendSource("scrape", source))) {
      for (int commit = 0; commit < 15; commit++) {
        long time = from + commit * 10_000L;
        for (int i = 0; i < 5; i++) {
          String name = source + "-" + i;
          if (random.nextInt(5) > 0) {
            double value = random.nextInt(100);
            appender.append(appender.slot(Labels.of("n", name)), time, value);
            remember(name, time, value);
          }
        }
        appender.commit();
      }
    }
  }

  private void remember(String name, long time, double value) {
    synchronized (model) {
      model.computeIfAbsent(name, unused -> new TreeMap<>()).put(time, value);
    }
  }

  private static Map<String, TreeMap<Long, Double>> all(Storages storages) {
    Map<String, TreeMap<Long, Double>> result = new TreeMap<>();
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
}
