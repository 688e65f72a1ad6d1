package io.narthex.storage.internal.engine;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.storage.internal.column.MixedSeries;
import io.narthex.storage.internal.log.ChronicleLogStore;
import io.narthex.tck.log.InMemoryLogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a scrape costs storage: appending, coding, the log on the disk, linking, and a share of the
 * sealing; 20 targets in turn, whose series are mixed as on real exporters. The figures are per
 * sample.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommitBenchmark {
  private static final int TARGETS = 20;
  private static final int SERIES = 1000;
  private static final int SCRAPES = 240;

  /** The values that a scraper finds as text, as numbers and how many digits follow the point. */
  private long[][] rows = {};

  /** How many series a target has; the values are those of the first of them. */
  @Param({"1000", "120"})
  public int series = SERIES;

  private final TestClock clock = new TestClock();
  private final Appender[] appenders = new Appender[TARGETS];
  private final int[][] slots = new int[TARGETS][];
  private Path folder = Path.of("");
  private Storages storages = Storages.start(new InMemoryLogStore(), clock);
  private int scrape;

  /** Starts a storage and makes the series. */
  @Setup(Level.Trial)
  public void start() throws IOException {
    rows = MixedSeries.rows(11, SCRAPES, SERIES);
    folder = Files.createTempDirectory("narthex-jmh");
    storages =
        Storages.start(
            ChronicleLogStore.in(folder.resolve("logs"), 1, clock::wallMillis),
            clock,
            Storages.LIMITS,
            folder.resolve("head"));
    for (int i = 0; i < TARGETS; i++) {
      appenders[i] = storages.storage().appender(new AppendSource("scrape", "target" + i));
      slots[i] = new int[series];
      for (int j = 0; j < series; j++) {
        slots[i][j] =
            appenders[i].slot(
                Labels.of("__name__", "metric_" + j / 10, "instance", "i" + i, "le", "" + j % 10));
      }
    }
  }

  /** Stops it and deletes what it wrote. */
  @TearDown(Level.Trial)
  public void stop() throws IOException {
    for (Appender appender : appenders) {
      appender.close();
    }
    storages.storage().stop(Duration.ofSeconds(5));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Twenty scrapes, of a thousand series each. */
  @Benchmark
  @OperationsPerInvocation(TARGETS * SERIES)
  public void scrapes() {
    // Fewer series, more scrapes: as many samples.
    for (int repeat = 0; repeat < SERIES / series; repeat++) {
      clock.advance(15_000);
      long[] row = rows[scrape++ % SCRAPES];
      for (int i = 0; i < TARGETS; i++) {
        scrape(appenders[i], slots[i], row);
      }
    }
    if (scrape % SCRAPES == 0) {
      storages.storage().retain();
    }
  }

  private void scrape(Appender appender, int[] of, long[] row) {
    long time = clock.wallMillis();
    for (int i = 0; i < of.length; i++) {
      appender.append(of[i], time, Double.longBitsToDouble(row[i]));
    }
    appender.commit();
  }
}
