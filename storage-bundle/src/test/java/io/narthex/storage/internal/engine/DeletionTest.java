package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageErrors;
import io.narthex.tck.log.InMemoryLogStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is deleted is not seen, now or later; what comes after it is. */
class DeletionTest {
  private static final AppendSource SOURCE = new AppendSource("scrape", "target");

  private final TestClock clock = new TestClock();
  private InMemoryLogStore store = new InMemoryLogStore();
  private Storages storages = Storages.start(store, clock);

  private void restart() {
    storages.storage().stop(Duration.ZERO);
    store = store.next();
    storages = Storages.start(store, clock);
    assertThat(storages.problems()).isEmpty();
  }

  private TreeMap<String, TreeSet<Long>> all() {
    TreeMap<String, TreeSet<Long>> found = new TreeMap<>();
    long[] times = new long[50];
    try (Querier querier = storages.storage().querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(Long.MIN_VALUE, Long.MAX_VALUE, List.of());
      while (set.next()) {
        TreeSet<Long> samples = new TreeSet<>();
        SampleCursor cursor = set.samples();
        int n;
        while ((n = cursor.read(times, new double[50], 0, 50)) >= 0) {
          for (int i = 0; i < n; i++) {
            samples.add(times[i]);
          }
        }
        found.put(set.labels().get("n"), samples);
      }
    }
    return found;
  }

  private static List<List<Matcher>> series(String... names) {
    return java.util.Arrays.stream(names)
        .map(name -> List.of(new Matcher(MatchType.EQUAL, "n", name)))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsDeletedIsNotSeenAndWhatComesLaterIs(int seed) {
    Random random = new Random(seed);
    TreeMap<String, TreeSet<Long>> model = new TreeMap<>();
    for (int life = 0; life < 4; life++) {
      try (Appender appender = storages.storage().appender(SOURCE)) {
        for (int commit = 0; commit < 100; commit++) {
          clock.advance(random.nextInt(40) == 0 ? 7_200_000 : 1 + random.nextInt(15_000));
          for (int i = 0; i < 8; i++) {
            // Some alone at their times, so that they are in no row.
            long time = clock.wallMillis() - (i < 5 ? 0 : i);
            if (random.nextInt(5) > 0) {
              appender.append(appender.slot(Labels.of("n", "s" + i)), time, i);
              model.computeIfAbsent("s" + i, n -> new TreeSet<>()).add(time);
            }
          }
          appender.commit();
          if (random.nextInt(15) == 0) {
            delete(random, model);
          }
        }
      }
      assertThat(all()).isEqualTo(model);
      restart();
      assertThat(all()).isEqualTo(model);
    }
  }

  private void delete(Random random, TreeMap<String, TreeSet<Long>> model) {
    String one = "s" + random.nextInt(8);
    String other = "s" + random.nextInt(8);
    long to = clock.wallMillis() + random.nextInt(200_000) - 150_000;
    long from = random.nextInt(8) == 0 ? Long.MIN_VALUE : to - random.nextInt(100_000);
    storages.storage().delete(from, to, series(one, other, "none"));
    for (String name : List.of(one, other)) {
      if (model.containsKey(name)) {
        model.get(name).subSet(from, true, to, true).clear();
      }
    }
    model.values().removeIf(TreeSet::isEmpty);
  }

  @Test
  void aSeriesOfWhichAllIsDeletedIsNotFoundAndComesAgain() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      appender.append(appender.slot(Labels.of("n", "a")), clock.wallMillis(), 1);
      appender.append(appender.slot(Labels.of("n", "b")), clock.wallMillis(), 1);
      appender.commit();
      storages.storage().delete(Long.MIN_VALUE, Long.MAX_VALUE, series("a"));
      assertThat(all()).containsOnlyKeys("b");
      clock.advance(1);
      appender.append(appender.slot(Labels.of("n", "a")), clock.wallMillis(), 1);
      appender.commit();
    }
    assertThat(all().get("a")).containsExactly(clock.wallMillis());
    restart();
    assertThat(all().get("a")).containsExactly(clock.wallMillis());
  }

  @Test
  void aLogThatDoesNotTakeTheDeletionLeavesTheSamples() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      appender.append(appender.slot(Labels.of("n", "a")), clock.wallMillis(), 1);
      appender.commit();
    }
    store.failAppends(0, 5);
    assertThatThrownBy(() -> storages.storage().delete(0, Long.MAX_VALUE, series("a")))
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(StorageErrors.LOG_FAILED));
    assertThat(all()).containsOnlyKeys("a");
  }

  private int deletions() {
    return storages.head().deletions(storages.head().find(Labels.of("n", "a"))).size();
  }

  @Test
  void rangesGoWithTheSamplesThatTheyWereFor() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      for (int day = 0; day < 20; day++) {
        appender.append(appender.slot(Labels.of("n", "a")), clock.wallMillis(), day);
        appender.commit();
        storages
            .storage()
            .delete(clock.wallMillis(), clock.wallMillis(), day % 2 == 0 ? series("a") : List.of());
        clock.advance(86_400_000);
      }
    }
    assertThat(deletions()).isEqualTo(10);
    storages.storage().retain();
    assertThat(deletions()).isEqualTo(7);
  }
}
