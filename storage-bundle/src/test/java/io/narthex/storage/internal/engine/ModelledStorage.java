package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.storage.internal.head.HeadStats;
import io.narthex.tck.log.InMemoryLogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A storage and what it should hold, by the rule alone: a sample or exemplar goes in if it is newer
 * than its series' last.
 */
final class ModelledStorage {
  static final long FUTURE = 600_000;
  private static final AppendSource SOURCE = new AppendSource("scrape", "target");

  final TestClock clock = new TestClock();
  final TreeMap<String, TreeMap<Long, Long>> samples = new TreeMap<>();
  final TreeMap<String, TreeMap<Long, Exemplar>> exemplars = new TreeMap<>();
  final long retention;
  private final List<ModelledAppender> open = new ArrayList<>();
  private InMemoryLogStore store = new InMemoryLogStore();
  private Storages storages;
  private long retainedFrom = Long.MIN_VALUE;
  private boolean isRestarted;

  /** How many commits there were. */
  int commits;

  /** How many exemplars there were. */
  int exemplarCount;

  ModelledStorage(long retention) {
    this.retention = retention;
    storages = start();
  }

  private Storages start() {
    return Storages.start(store, clock, new IngestLimits(retention, FUTURE, 1L << 30));
  }

  ModelledAppender appender() {
    ModelledAppender appender = new ModelledAppender(this, storages.storage().appender(SOURCE));
    open.add(appender);
    return appender;
  }

  void stop(Duration limit) {
    open.forEach(appender -> appender.appender.close());
    open.clear();
    assertThat(storages.storage().stop(limit)).isTrue();
  }

  void restart() {
    stop(Duration.ofSeconds(5));
    store = store.next();
    storages = start();
    isRestarted = true;
    assertThat(storages.problems()).isEmpty();
  }

  /** Drops what is older than the retention; gives how many series went. */
  int retain() {
    retainedFrom = clock.wallMillis() - retention;
    open.forEach(appender -> appender.known.removeIf(name -> !has(name)));
    return storages.storage().retain();
  }

  HeadStats stats() {
    return storages.head().stats();
  }

  /** Whether a series was not removed, since its last sample is new enough. */
  boolean has(String name) {
    return samples.containsKey(name) && samples.get(name).lastKey() >= retainedFrom;
  }

  /** All of it; what the retention may drop may be there or not, but nothing else. */
  void assertAsModelled() {
    Map<String, TreeMap<Long, Long>> found = allSamples();
    assertThat(since(found)).isEqualTo(since(samples));
    found.forEach(
        (name, of) -> assertThat(samples.get(name).entrySet()).as(name).containsAll(of.entrySet()));
    Map<String, TreeMap<Long, Exemplar>> foundExemplars = allExemplars();
    if (isRestarted && retainedFrom != Long.MIN_VALUE) {
      foundExemplars.forEach(
          (name, of) ->
              assertThat(exemplars.get(name).entrySet()).as(name).containsAll(of.entrySet()));
    } else {
      assertThat(foundExemplars).isEqualTo(exemplars);
    }
  }

  private Map<String, NavigableMap<Long, Long>> since(Map<String, TreeMap<Long, Long>> all) {
    Map<String, NavigableMap<Long, Long>> result = new TreeMap<>();
    all.forEach(
        (name, of) -> {
          if (of.lastKey() >= retainedFrom) {
            result.put(name, of.tailMap(retainedFrom, true));
          }
        });
    return result;
  }

  private Map<String, TreeMap<Long, Long>> allSamples() {
    Map<String, TreeMap<Long, Long>> found = new TreeMap<>();
    long[] times = new long[100];
    double[] values = new double[100];
    try (Querier querier = storages.storage().querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(Long.MIN_VALUE, Long.MAX_VALUE, List.of());
      while (set.next()) {
        TreeMap<Long, Long> of = new TreeMap<>();
        SampleCursor cursor = set.samples();
        int count = 0;
        int n;
        while ((n = cursor.read(times, values, 0, 100)) >= 0) {
          count += n;
          for (int i = 0; i < n; i++) {
            of.put(times[i], Double.doubleToRawLongBits(values[i]));
          }
        }
        assertThat(of).as("no time twice").hasSize(count);
        if (count > 0) {
          found.put(set.labels().get("n"), of);
        }
      }
    }
    return found;
  }

  private Map<String, TreeMap<Long, Exemplar>> allExemplars() {
    Map<String, TreeMap<Long, Exemplar>> found = new TreeMap<>();
    for (ExemplarSeries of :
        storages.storage().exemplars(Long.MIN_VALUE, Long.MAX_VALUE, List.of(List.of()))) {
      TreeMap<Long, Exemplar> byTime = new TreeMap<>();
      of.exemplars().forEach(exemplar -> byTime.put(exemplar.timestamp(), exemplar));
      found.put(of.labels().get("n"), byTime);
    }
    return found;
  }

  static Labels labels(String name) {
    return Labels.of("n", name);
  }
}
