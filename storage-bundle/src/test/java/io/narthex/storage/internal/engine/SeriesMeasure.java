package io.narthex.storage.internal.engine;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogStore;
import io.narthex.spi.log.Position;
import io.narthex.storage.internal.append.IngestLimits;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Measures what a series costs in the head: a fleet of targets of 1,000 series, each with an
 * appender that stays open as a scrape's does. Arguments: the number of targets, of scrapes. Run it
 * without checked memory, with the serial collector.
 */
final class SeriesMeasure {
  private static final int SERIES_OF_TARGET = 1000;
  private static final String[] MODES = {"idle", "user", "system", "iowait", "irq", "steal"};

  private SeriesMeasure() {}

  public static void main(String[] args) throws IOException {
    int targets = Integer.parseInt(args[0]);
    int scrapes = Integer.parseInt(args[1]);
    TestClock clock = new TestClock();
    long heapBefore = heap();
    long rssBefore = rss();
    Storages storages =
        Storages.start(
            new ForgetfulStore(), clock, new IngestLimits(86_400_000, 600_000, 1L << 40));
    List<Appender> appenders = new ArrayList<>();
    long begin = cpu();
    for (int target = 0; target < targets; target++) {
      Appender appender = storages.storage().appender(new AppendSource("scrape", "t" + target));
      appenders.add(appender);
      for (int i = 0; i < SERIES_OF_TARGET; i++) {
        // Slots are numbered in the order in which they are given out.
        appender.slot(labels(target, i));
      }
      append(appender, clock.wallMillis(), 0);
    }
    long first = cpu() - begin;
    begin = cpu();
    for (int scrape = 1; scrape < scrapes; scrape++) {
      clock.advance(15_000);
      for (int target = 0; target < targets; target++) {
        append(appenders.get(target), clock.wallMillis(), scrape);
      }
    }
    long series = (long) targets * SERIES_OF_TARGET;
    long usual = cpu() - begin;
    report("appenders open", series, heapBefore, rssBefore, storages);
    appenders.forEach(Appender::close);
    appenders.clear();
    report("appenders closed", series, heapBefore, rssBefore, storages);
    System.out.printf(
        "first append %d ns a series, the others %d ns a sample%n",
        first / series, usual / series / Math.max(1, scrapes - 1));
  }

  private static Labels labels(int target, int i) {
    Labels.Builder labels = Labels.builder();
    labels.set("__name__", "node_metric_number_" + i / 8 + "_total");
    labels.set("job", "node-" + target % 4);
    labels.set("instance", "host-%04d.example.net:9100".formatted(target));
    if (i % 8 > 0) {
      labels.set("cpu", "" + i % 8);
      labels.set("mode", MODES[i % MODES.length]);
    }
    return labels.build();
  }

  private static void append(Appender appender, long time, int scrape) {
    for (int i = 0; i < SERIES_OF_TARGET; i++) {
      appender.append(i, time, i % 3 == 0 ? i + 7.0 * scrape : i);
    }
    appender.commit();
  }

  private static void report(
      String what, long series, long heapBefore, long rssBefore, Storages storages)
      throws IOException {
    double heap = heap() - heapBefore;
    System.out.printf(
        "%s: %d series; heap %.1f B a series, resident %.1f; by count: series %.1f, samples %.1f%n",
        what,
        series,
        heap / series,
        (double) (rss() - rssBefore) / series,
        (double) storages.head().stats().seriesBytes() / series,
        (double) storages.head().stats().chunkBytes() / series);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long rss() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    return 0;
  }

  /** A log that keeps nothing. */
  private static final class ForgetfulStore implements LogStore {
    @Override
    public DurableLog open(String name) {
      return new Log();
    }

    private static final class Log implements DurableLog {
      private long index;

      @Override
      public int partitions() {
        return 1;
      }

      @Override
      public long epoch() {
        return 1;
      }

      @Override
      public CompletionStage<Position> append(int partition, MemorySegment document) {
        index++;
        return CompletableFuture.completedFuture(end(partition));
      }

      @Override
      public Position end(int partition) {
        return new Position(partition, 1, index);
      }

      @Override
      public List<String> read(int partition, Position after, DocumentReader reader) {
        return List.of();
      }

      @Override
      public void sync() {}

      @Override
      public void trim(Position upTo) {}

      @Override
      public void close() {}
    }
  }
}
