package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.storage.internal.panel.SealedFiles;
import io.narthex.tck.log.InMemoryLogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was sealed before a start is taken from files, and what they lack from the log. */
class ResumeTest {
  private static final int STEP = 15_000;

  private final TestClock clock = new TestClock();
  private final Map<String, TreeMap<Long, Long>> expected = new TreeMap<>();
  private final Map<String, Boolean> alive = new TreeMap<>();
  private InMemoryLogStore store = new InMemoryLogStore();

  @TempDir Path folder;

  private Storages start() {
    store = store.next();
    return Storages.start(store, clock, Storages.LIMITS, folder);
  }

  /** As after the death of the process: nothing is sealed or closed. */
  private Storages crash() {
    return start();
  }

  /** Scrapes of some targets, of which series come and go. */
  private void scrape(Storages storages, Random random, int targets, int rounds) {
    List<Appender> appenders = new ArrayList<>();
    for (int t = 0; t < targets; t++) {
      appenders.add(storages.storage().appender(new AppendSource("scrape", "t" + t)));
    }
    for (int round = 0; round < rounds; round++) {
      clock.advance(STEP);
      for (int t = 0; t < targets; t++) {
        scrape(appenders.get(t), random, t);
      }
    }
    appenders.forEach(Appender::close);
  }

  private void scrape(Appender appender, Random random, int target) {
    for (int i = 0; i < 20; i++) {
      Labels labels = Labels.of("__name__", "m" + i, "target", "" + target);
      String key = labels.toString();
      boolean was = alive.getOrDefault(key, false);
      boolean is = i < 10 || random.nextInt(20) > (was ? 0 : 15);
      alive.put(key, is);
      if (is || was) {
        double value = is ? value(random, i) : StaleMarker.VALUE;
        appender.append(appender.slot(labels), clock.wallMillis(), value);
        expected
            .computeIfAbsent(key, unused -> new TreeMap<>())
            .put(clock.wallMillis(), Double.doubleToRawLongBits(value));
      }
    }
    appender.commit();
  }

  private static double value(Random random, int i) {
    return switch (i % 4) {
      case 0 -> i;
      case 1 -> random.nextInt(3) + 1000;
      case 2 -> random.nextInt(1000) / 100.0;
      default -> random.nextDouble();
    };
  }

  private static Map<String, TreeMap<Long, Long>> all(Storages storages) {
    Map<String, TreeMap<Long, Long>> found = new TreeMap<>();
    long[] times = new long[100];
    double[] values = new double[100];
    try (Querier querier = storages.storage().querier(0, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
      while (set.next()) {
        TreeMap<Long, Long> samples = new TreeMap<>();
        SampleCursor cursor = set.samples();
        int n;
        while ((n = cursor.read(times, values, 0, 100)) >= 0) {
          for (int i = 0; i < n; i++) {
            samples.put(times[i], Double.doubleToRawLongBits(values[i]));
          }
        }
        found.put(set.labels().toString(), samples);
      }
    }
    return found;
  }

  private long fileBytes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long sum = 0;
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
      return sum;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyStartHasAllSamplesHoweverTheOneBeforeEnded(long seed) {
    Random random = new Random(seed);
    Storages storages = start();
    for (int life = 0; life < 5; life++) {
      scrape(storages, random, 3, 10 + random.nextInt(200));
      if (random.nextBoolean()) {
        storages.storage().stop(Duration.ZERO);
        storages = start();
      } else {
        storages = crash();
      }
      assertThat(storages.problems()).isEmpty();
      assertThat(all(storages)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whatIsBrokenInTheFilesIsMadeOfTheLog(long seed) throws IOException {
    Random random = new Random(seed);
    Storages storages = start();
    for (int life = 0; life < 4; life++) {
      scrape(storages, random, 2, 70 + random.nextInt(100));
      storages = crash();
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        damage(file, random);
      }
    }

    storages = start();
    assertThat(all(storages)).isEqualTo(expected);

    storages.storage().stop(Duration.ZERO);
    storages = start();
    assertThat(storages.problems()).as("said once only").isEmpty();
    assertThat(all(storages)).isEqualTo(expected);
  }

  /** As after a loss of power: a file that was written before a whole one has lost its end. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aFileThatLostItsEndIsNoticedByTheNext(long seed) throws IOException {
    Random random = new Random(seed);
    Storages storages = start();
    for (int life = 0; life < 3; life++) {
      scrape(storages, random, 2, 70 + random.nextInt(100));
      storages = crash();
    }
    Path first = folder.resolve("000001.columns");
    byte[] bytes = Files.readAllBytes(first);
    Files.write(first, java.util.Arrays.copyOf(bytes, 18 + random.nextInt(bytes.length - 18)));

    storages = start();

    assertThat(storages.problems()).isNotEmpty();
    assertThat(all(storages)).isEqualTo(expected);
  }

  /** As after a loss of power: the names of files come to the disk in any order. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aFileThatIsLostIsMadeOfTheLog(int lost) throws IOException {
    Random random = new Random(lost);
    Storages storages = start();
    for (int life = 0; life < 3; life++) {
      scrape(storages, random, 2, 70 + random.nextInt(100));
      storages = crash();
    }
    Files.delete(folder.resolve("%06d.columns".formatted(lost)));

    storages = start();
    assertThat(all(storages)).isEqualTo(expected);
    storages.storage().stop(Duration.ZERO);
    storages = start();
    assertThat(storages.problems()).as("said once only").isEmpty();
    assertThat(all(storages)).isEqualTo(expected);
  }

  /** Samples in no row are older than rows that were sealed, and come from the log after them. */
  @Test
  void looseSamplesBesideSealedRowsComeBack() {
    Storages storages = start();
    try (Appender appender = storages.storage().appender(new AppendSource("write", "client"))) {
      for (int row = 0; row < 125; row++) {
        clock.advance(STEP);
        append(appender, 0, 8, clock.wallMillis());
        append(appender, 0, 1, clock.wallMillis() + 7_000);
      }
    }
    for (int life = 0; life < 3; life++) {
      assertThat(all(storages)).isEqualTo(expected);
      storages.storage().stop(Duration.ZERO);
      storages = start();
      assertThat(storages.problems()).isEmpty();
    }
    assertThat(all(storages)).isEqualTo(expected);
  }

  private void append(Appender appender, int from, int to, long time) {
    for (int i = from; i < to; i++) {
      Labels labels = Labels.of("__name__", "w" + i);
      appender.append(appender.slot(labels), time, i);
      expected
          .computeIfAbsent(labels.toString(), unused -> new TreeMap<>())
          .put(time, Double.doubleToRawLongBits(i));
    }
    appender.commit();
  }

  private static void damage(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(3)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = java.util.Arrays.copyOf(bytes, at);
      default -> java.util.Arrays.fill(bytes, at, Math.min(bytes.length, at + 4096), (byte) 0);
    }
    Files.write(file, bytes);
  }

  @Test
  void afterAStopInOrderNothingIsMadeOfTheLogAgain() {
    Storages storages = start();
    scrape(storages, new Random(1), 3, 100);
    storages.storage().stop(Duration.ZERO);

    storages = start();

    assertThat(storages.replay().samples()).isZero();
    assertThat(all(storages)).isEqualTo(expected);
  }

  @Test
  void aSeriesIsFoundWhereItHadSamplesAndNowhereElse() {
    Storages storages = start();
    long begin = clock.wallMillis();
    scrape(storages, new Random(1), 2, 100);
    long end = clock.wallMillis();
    clock.advance(3_600_000);
    scrape(storages, new Random(1), 1, 100);
    storages = crash();

    assertThat(names(storages, begin, end)).contains("0", "1");
    assertThat(names(storages, end + 1, clock.wallMillis())).containsExactly("0");
    assertThat(names(storages, begin - 1000, begin)).isEmpty();
  }

  private static List<String> names(Storages storages, long from, long to) {
    try (Querier querier = storages.storage().querier(from, to)) {
      return querier.labelValues("target", List.of());
    }
  }

  @Test
  void aHeadThatIsTooSmallForTheFilesKeepsTheNewest() {
    Storages storages = start();
    scrape(storages, new Random(1), 3, 2000);
    storages.storage().stop(Duration.ZERO);

    store = store.next();
    storages =
        Storages.start(store, clock, new IngestLimits(15 * 86_400_000L, 600_000, 300_000), folder);

    assertThat(storages.room().bytes()).isLessThanOrEqualTo(300_000);
    Map<String, TreeMap<Long, Long>> found = all(storages);
    found.forEach(
        (series, samples) ->
            assertThat(samples)
                .as(series)
                .isEqualTo(expected.get(series).tailMap(samples.firstKey(), true)));
    assertThat(found.get("{__name__=\"m0\", target=\"0\"}").lastKey())
        .isEqualTo(clock.wallMillis());
  }

  @Test
  void filesGoWithWhatTheRetentionDrops() throws IOException {
    Storages storages =
        Storages.start(store, clock, new IngestLimits(3_600_000, 600_000, 1L << 30), folder);
    scrape(storages, new Random(1), 3, 200);
    storages.storage().stop(Duration.ZERO);
    long before = fileBytes();
    store = store.next();
    storages = Storages.start(store, clock, new IngestLimits(3_600_000, 600_000, 1L << 30), folder);
    clock.advance(3 * 3_600_000);
    scrape(storages, new Random(2), 3, 200);

    storages.storage().retain();

    assertThat(fileBytes()).isLessThan(before + before / 2);
  }

  @Test
  void sealedRowsThatTheDiskDidNotTakeAreMadeOfTheLog() throws Exception {
    Path files = folder.resolve("head");
    Path aside = folder.resolve("aside");
    Random random = new Random(5);
    Storages storages = startWithSmallFiles(files);
    scrape(storages, random, 1, 130);
    Files.move(files, aside);
    Files.createFile(files);
    scrape(storages, random, 2, 130);
    Files.delete(files);
    Files.move(aside, files);
    storages.storage().diskHasRoom();
    int before = fileCount(files);
    scrape(storages, random, 2, 130);
    assertThat(fileCount(files)).as("goes on").isGreaterThan(before);

    Storages again = startWithSmallFiles(files);
    assertThat(again.problems()).isEmpty();
    assertThat(all(again)).isEqualTo(expected);
  }

  private static int fileCount(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return (int) files.count();
    }
  }

  private Storages startWithSmallFiles(Path files) {
    store = store.next();
    return Storages.start(store, clock, Storages.LIMITS, new SealedFiles(files, 1));
  }

  @Test
  void rowsOfMoreCommitsThanTheLogHasAreSeen() {
    IngestLimits limits = new IngestLimits(4 * 3_600_000L, 600_000, 1L << 30);
    store = store.next();
    Storages storages = Storages.start(store, clock, limits, folder);
    Random random = new Random(6);
    for (int i = 0; i < 20; i++) {
      scrape(storages, random, 2, 120);
      storages.storage().retain();
    }
    store = store.next();
    Storages again = Storages.start(store, clock, limits, folder);

    assertThat(again.replay().samples()).isLessThan(storages.counters().samples());
    Map<String, TreeMap<Long, Long>> found = all(again);
    long from = clock.wallMillis() - limits.retentionMillis();
    expected.forEach(
        (series, samples) -> {
          if (!samples.tailMap(from).isEmpty()) {
            assertThat(found.get(series).tailMap(from)).as(series).isEqualTo(samples.tailMap(from));
          }
        });
  }
}
