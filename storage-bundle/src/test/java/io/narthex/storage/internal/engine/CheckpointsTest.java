package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.spi.log.Position;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.tck.log.InMemoryLogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random commits, checkpoints at random moments and starts after stops and deaths, against a plain
 * model. The log in memory forgets at once what is trimmed, so what is there came from checkpoints.
 */
class CheckpointsTest {
  private static final AppendSource SOURCE = new AppendSource("scrape", "target");
  private static final IngestLimits SMALL = new IngestLimits(15 * 86_400_000L, 600_000, 200_000);

  private final TestClock clock = new TestClock();
  private final TreeMap<String, TreeMap<Long, Double>> model = new TreeMap<>();
  private InMemoryLogStore store = new InMemoryLogStore();

  @TempDir Path folder;

  static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  private Storages start() {
    return start(Storages.LIMITS);
  }

  private Storages start(IngestLimits limits) {
    store = store.next();
    return Storages.start(store, clock, limits, folder);
  }

  private void commits(Storages storages, Random random, int n) {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      for (int commit = 0; commit < n; commit++) {
        clock.advance(random.nextInt(40) == 0 ? 7_200_000 : random.nextInt(20_000));
        commit(appender, random);
      }
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
          double value = random.nextInt(3) == 0 ? random.nextInt(100) / 10.0 : random.nextInt(5);
          append(appender, "s" + i, clock.wallMillis() - k * 100 + jitter, value);
        }
      }
    }
    appender.commit();
  }

  private void append(Appender appender, String name, long time, double value) {
    appender.append(appender.slot(Labels.of("n", name)), time, value);
    TreeMap<Long, Double> samples = model.computeIfAbsent(name, unused -> new TreeMap<>());
    if (samples.isEmpty() || time > samples.lastKey()) {
      samples.put(time, value);
    }
  }

  private static TreeMap<String, TreeMap<Long, Double>> all(Storages storages) {
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
            assertThat(samples.put(times[i], values[i])).as("no time twice").isNull();
          }
        }
        if (!samples.isEmpty()) {
          result.put(set.labels().get("n"), samples);
        }
      }
    }
    return result;
  }

  private List<Path> files(String pattern) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyStartHasAllSamplesWheneverCheckpointsWereMade(int seed) {
    Random random = new Random(seed);
    Storages storages = start();
    for (int life = 0; life < 6; life++) {
      int parts = random.nextInt(4);
      for (int part = 0; part < parts; part++) {
        commits(storages, random, random.nextInt(80));
        assertThat(storages.storage().checkpoint()).isTrue();
      }
      commits(storages, random, random.nextInt(80));
      if (random.nextInt(3) == 0) {
        storages.storage().stop(Duration.ZERO);
      }
      storages = start();
      assertThat(storages.problems()).isEmpty();
      assertThat(all(storages)).isEqualTo(model);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void commitsMayGoOnWhileCheckpointsAreMade(int seed) {
    Random random = new Random(seed);
    Storages storages = start();
    for (int life = 0; life < 3; life++) {
      Storages running = storages;
      int n = 50 + random.nextInt(200);
      CompletableFuture<Void> committing =
          CompletableFuture.runAsync(() -> commits(running, random, n));
      while (!committing.isDone()) {
        assertThat(storages.storage().checkpoint()).isTrue();
      }
      committing.join();
      storages = start();
      assertThat(storages.problems()).isEmpty();
      assertThat(all(storages)).isEqualTo(model);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withLittleRoomTheNewestSamplesStay(int seed) {
    Random random = new Random(seed);
    Storages storages = start(SMALL);
    for (int life = 0; life < 5; life++) {
      for (int part = random.nextInt(3); part >= 0; part--) {
        commits(storages, random, 100 + random.nextInt(300));
        assertThat(storages.storage().checkpoint()).isTrue();
        if (random.nextInt(4) == 0) {
          storages.storage().retain();
        }
      }
      commits(storages, random, random.nextInt(80));
      storages = start(random.nextInt(3) == 0 ? Storages.LIMITS : SMALL);
      assertThat(storages.problems()).isEmpty();
      TreeMap<String, TreeMap<Long, Double>> found = all(storages);
      found.forEach(
          (name, samples) ->
              assertThat(model.get(name).entrySet()).as(name).containsAll(samples.entrySet()));
      long latest = model.values().stream().mapToLong(TreeMap::lastKey).max().orElseThrow();
      model.forEach(
          (name, samples) -> {
            if (samples.lastKey() > latest - 1_800_000) {
              assertThat(found.get(name).lastEntry()).as(name).isEqualTo(samples.lastEntry());
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aBrokenCheckpointIsPutAsideAndTheOneBeforeTaken(int seed) throws IOException {
    Random random = new Random(seed);
    Storages storages = start();
    for (int part = 0; part < 3; part++) {
      commits(storages, random, 40 + random.nextInt(80));
      assertThat(storages.storage().checkpoint()).isTrue();
    }
    commits(storages, random, random.nextInt(80));
    Path newest = files("checkpoint.\\d+").getLast();
    damage(newest, random);

    storages = start();

    assertThat(storages.problems()).singleElement().asString().contains(newest + " is broken: ");
    assertThat(files("checkpoint.*broken")).hasSize(1);
    assertThat(all(storages)).isEqualTo(model);
    storages.storage().stop(Duration.ZERO);
    storages = start();
    assertThat(storages.problems()).isEmpty();
    assertThat(all(storages)).isEqualTo(model);
  }

  @Test
  void withoutAnyWholeCheckpointWhatIsLeftOfTheLogIsTaken() throws IOException {
    Random random = new Random(1);
    Storages storages = start();
    for (int part = 0; part < 3; part++) {
      commits(storages, random, 60);
      assertThat(storages.storage().checkpoint()).isTrue();
    }
    for (Path file : files("checkpoint.\\d+")) {
      damage(file, random);
    }

    storages = start();

    assertThat(storages.problems()).hasSize(2);
    TreeMap<String, TreeMap<Long, Double>> found = all(storages);
    assertThat(found).isNotEmpty();
    found.forEach(
        (name, samples) ->
            assertThat(model.get(name).entrySet()).as(name).containsAll(samples.entrySet()));
  }

  private static void damage(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(3)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, at);
      default -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(10));
    }
    Files.write(file, bytes);
  }

  @Test
  void twoCheckpointsAreKeptAndTheLogAfterTheOlder() throws IOException {
    Storages storages = start();
    Random random = new Random(1);
    for (int part = 0; part < 4; part++) {
      commits(storages, random, 50);
      assertThat(storages.storage().checkpoint()).isTrue();
    }

    assertThat(files("checkpoint.*"))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("checkpoint.000003", "checkpoint.000004");
    assertThat(storages.checkpoints().deleted()).isEqualTo(2);
    int documents = 0;
    for (int partition = 0; partition < storages.log().partitions(); partition++) {
      List<Long> read = new ArrayList<>();
      storages
          .log()
          .read(
              partition,
              Position.start(partition),
              (position, document) -> read.add(position.index()));
      documents += read.size();
    }
    assertThat(documents).as("of 200 commits").isBetween(50, 150);
  }

  @Test
  void aCheckpointThatFailsTakesNothingAway() throws IOException {
    Storages storages = start();
    Random random = new Random(1);
    commits(storages, random, 50);
    assertThat(storages.storage().checkpoint()).isTrue();
    commits(storages, random, 50);
    Files.createDirectory(folder.resolve("checkpoint.000002.tmp"));
    Files.createFile(folder.resolve("checkpoint.000002.tmp/x"));

    assertThat(storages.storage().checkpoint()).isFalse();

    assertThat(storages.checkpoints().failed()).isOne();
    assertThat(storages.storage().checkpoint()).isTrue();
    Files.delete(folder.resolve("checkpoint.000002.tmp/x"));
    storages = start();
    assertThat(all(storages)).isEqualTo(model);
  }

  @Test
  void afterACheckpointOnlyTheLogAfterItIsReplayed() {
    Storages storages = start();
    Random random = new Random(1);
    commits(storages, random, 200);
    storages.storage().checkpoint();

    storages = start();

    assertThat(storages.replay().samples()).isZero();
    assertThat(storages.replay().restored()).isPositive();
    assertThat(all(storages)).isEqualTo(model);
  }

  @Test
  void whatIsDeletedStaysDeleted() {
    Storages storages = start();
    Random random = new Random(1);
    commits(storages, random, 100);
    long half = clock.wallMillis();
    commits(storages, random, 100);
    storages.storage().delete(0, half, List.of(List.of(new Matcher(MatchType.EQUAL, "n", "s3"))));
    model.get("s3").headMap(half, true).clear();
    assertThat(storages.storage().checkpoint()).isTrue();
    commits(storages, random, 10);
    assertThat(storages.storage().checkpoint()).isTrue();
    commits(storages, random, 10);
    assertThat(storages.storage().checkpoint()).isTrue();

    storages = start();

    assertThat(all(storages)).isEqualTo(model);
  }

  @Test
  void exemplarsComeBackInOrder() {
    Storages storages = start();
    List<Exemplar> expected = new ArrayList<>();
    try (Appender appender = storages.storage().appender(SOURCE)) {
      for (int i = 0; i < 20; i++) {
        int slot = appender.slot(Labels.of("n", "s"));
        appender.append(slot, clock.wallMillis() + i, i);
        Exemplar exemplar = new Exemplar(Labels.of("id", "" + i), i, clock.wallMillis() + i);
        appender.exemplar(slot, exemplar);
        expected.add(exemplar);
        appender.commit();
        if (i == 10) {
          storages.storage().checkpoint();
        }
      }
    }

    storages = start();

    List<ExemplarSeries> found =
        storages.storage().exemplars(Long.MIN_VALUE, Long.MAX_VALUE, List.of(List.of()));
    assertThat(found).singleElement().isEqualTo(new ExemplarSeries(Labels.of("n", "s"), expected));
  }

  @Test
  void aCheckpointIsDueOnlyAfterEnoughOfTheLogOrANewSegment() {
    Storages storages = start();
    assertThat(storages.storage().checkpointIfDue()).isFalse();
    Random random = new Random(1);
    commits(storages, random, 10);
    assertThat(storages.storage().checkpointIfDue()).as("a segment began").isTrue();
    try (Appender appender = storages.storage().appender(SOURCE)) {
      clock.advance(1000);
      append(appender, "s1", clock.wallMillis(), 1);
      appender.commit();
    }
    assertThat(storages.storage().checkpointIfDue()).isFalse();
  }
}
