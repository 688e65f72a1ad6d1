package io.narthex.storage.internal.engine;

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
import io.narthex.api.time.Clock;
import io.narthex.storage.internal.log.ChronicleLogStore;
import io.narthex.storage.internal.panel.SealedFiles;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Started by {@link CrashTest}: commits and queries with several threads until it is killed, and
 * tells each commit that was acknowledged and each series that a query saw, a line each:
 *
 * <pre>
 * R writer commits                                    after a start: so many commits are there
 * A writer commit                                     acknowledged
 * Q least labels... first last samples hash           a query saw the commits first to last of a row series,
 *                                                     and least had been acknowledged before it
 * X text                                              something is wrong
 * </pre>
 */
final class CrashChild {
  private static final long SEALED_FILE_BYTES = 256 << 10;
  private static final int PHASE = 40;
  private static final int PHASES_OF_A_START = 6;

  private final Path folder;
  private final Random seeds;
  private final AtomicLong now = new AtomicLong(CrashModel.time(0, 0));
  private final Clock clock = new MovedClock();
  private final AtomicLongArray next = new AtomicLongArray(CrashModel.WRITERS);
  private final CyclicBarrier phase = new CyclicBarrier(CrashModel.WRITERS, this::endPhase);
  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private volatile @Nullable Storages storages;
  private int phases;

  private CrashChild(Path folder, long seed) {
    this.folder = folder;
    this.seeds = new Random(seed);
  }

  public static void main(String[] args) {
    new CrashChild(Path.of(args[0]), Long.parseLong(args[1])).run();
  }

  private void run() {
    start();
    for (int i = 0; i < CrashModel.WRITERS; i++) {
      int writer = i;
      thread("writer" + i, () -> write(writer));
    }
    for (int i = 0; i < 2; i++) {
      Random random = new Random(seeds.nextLong());
      thread("query" + i, () -> query(random));
    }
    thread("upkeep", this::upkeep);
  }

  private void thread(String name, Runnable body) {
    Thread.ofPlatform()
        .name(name)
        .start(
            () -> {
              try {
                body.run();
              } catch (Throwable e) {
                e.printStackTrace();
                say("X " + Thread.currentThread().getName() + " " + e);
              }
            });
  }

  private void say(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Storages open(Path folder, Clock clock) {
    return Storages.start(
        ChronicleLogStore.in(folder, 1, clock::wallMillis),
        clock,
        CrashModel.LIMITS,
        new SealedFiles(folder.resolve("head"), SEALED_FILE_BYTES));
  }

  private void start() {
    Storages started = open(folder, clock);
    long newest = CrashModel.time(0, 0);
    for (int writer = 0; writer < CrashModel.WRITERS; writer++) {
      next.set(writer, commits(started, writer));
      newest = Math.max(newest, CrashModel.time(writer, next.get(writer)));
    }
    advance(newest);
    for (int writer = 0; writer < CrashModel.WRITERS; writer++) {
      say("R %d %d".formatted(writer, next.get(writer)));
    }
    storages = started;
  }

  /** How many commits of a writer a storage has, by a series that is in each. */
  static long commits(Storages storages, int writer) {
    try (Querier querier = storages.storage().querier(0, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(0, Long.MAX_VALUE, matchers(writer, 1));
      long[] times = new long[512];
      double[] values = new double[512];
      long commits = 0;
      while (set.next()) {
        SampleCursor cursor = set.samples();
        int n;
        while ((n = cursor.read(times, values, 0, times.length)) >= 0) {
          commits = n == 0 ? commits : CrashModel.commitAt(times[n - 1]) + 1;
        }
      }
      return commits;
    }
  }

  private static List<Matcher> matchers(int writer, int i) {
    return List.of(
        new Matcher(MatchType.EQUAL, "kind", "row"),
        new Matcher(MatchType.EQUAL, "w", "" + writer),
        new Matcher(MatchType.EQUAL, "i", "" + i));
  }

  private void write(int writer) {
    while (true) {
      try (Appender appender =
          running().storage().appender(new AppendSource("test", "" + writer))) {
        for (int i = 0; i < PHASE; i++) {
          commit(appender, writer, next.get(writer));
        }
      }
      try {
        phase.await();
      } catch (InterruptedException | BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void commit(Appender appender, int writer, long commit) {
    advance(CrashModel.time(writer, commit));
    int samples =
        CrashModel.commit(
            writer,
            commit,
            (labels, time, value) -> appender.append(appender.slot(labels), time, value));
    if (writer == 0) {
      appender.exemplar(appender.slot(CrashModel.exemplarSeries()), CrashModel.exemplar(commit));
    }
    long stored = appender.commit().samples();
    if (stored != samples) {
      say("X commit %d of %d stored %d of %d".formatted(commit, writer, stored, samples));
    }
    next.set(writer, commit + 1);
    say("A %d %d".formatted(writer, commit));
  }

  /** All writers wait: now and then the storage is stopped and started in the process. */
  private void endPhase() {
    if (++phases % PHASES_OF_A_START == 0) {
      Storages stopping = running();
      storages = null;
      if (!stopping.storage().stop(Duration.ofMinutes(1))) {
        say("X the leases were not given back");
      }
      start();
    }
  }

  private Storages running() {
    Storages found;
    while ((found = storages) == null) {
      Thread.yield();
    }
    return found;
  }

  private void query(Random random) {
    while (true) {
      int writer = random.nextInt(CrashModel.WRITERS);
      long least = next.get(writer) - 1;
      try (Querier querier = running().storage().querier(0, Long.MAX_VALUE)) {
        SeriesSet set =
            querier.select(
                0, Long.MAX_VALUE, matchers(writer, random.nextInt(CrashModel.ROW_SERIES)));
        while (set.next()) {
          tell(set.labels(), set.samples(), least);
        }
      } catch (NarthexException e) {
        if (!e.code().equals(StorageErrors.STOPPED)) {
          throw e;
        }
      }
    }
  }

  private void tell(Labels labels, SampleCursor cursor, long least) {
    List<Long> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    long[] someTimes = new long[64];
    double[] someValues = new double[64];
    int n;
    while ((n = cursor.read(someTimes, someValues, 0, 64)) >= 0) {
      for (int i = 0; i < n; i++) {
        times.add(someTimes[i]);
        values.add(someValues[i]);
      }
    }
    // What is older may have been dropped, chunk by chunk.
    long retained = now.get() - CrashModel.LIMITS.retentionMillis();
    int from = 0;
    while (from < times.size() && times.get(from) < retained) {
      from++;
    }
    long hash = 0;
    for (int i = from; i < times.size(); i++) {
      if (i > from && !follows(times.get(i - 1), times.get(i))) {
        say(
            "X %s lacks the commits between %d and %d; there are %d to %d"
                .formatted(
                    labels,
                    CrashModel.commitAt(times.get(i - 1)),
                    CrashModel.commitAt(times.get(i)),
                    CrashModel.commitAt(times.get(from)),
                    CrashModel.commitAt(times.getLast())));
      }
      hash = hash(hash, times.get(i), values.get(i));
    }
    if (from < times.size()) {
      say(
          "Q %d %s %s %s %d %d %d %d"
              .formatted(
                  least,
                  labels.get("w"),
                  labels.get("i"),
                  labels.get("c"),
                  CrashModel.commitAt(times.get(from)),
                  CrashModel.commitAt(times.getLast()),
                  times.size() - from,
                  hash));
    }
  }

  private static boolean follows(long before, long time) {
    return CrashModel.commitAt(time) == CrashModel.commitAt(before) + 1;
  }

  static long hash(long hash, long time, double value) {
    return (hash * 31 + time) * 31 + Double.doubleToRawLongBits(value);
  }

  private void upkeep() {
    while (true) {
      Storages at = running();
      try {
        at.log().sync();
        at.storage().retain();
      } catch (NarthexException e) {
        if (storages == at) {
          throw e;
        }
      }
    }
  }

  private void advance(long to) {
    now.accumulateAndGet(to, Math::max);
  }

  private final class MovedClock implements Clock {
    @Override
    public long wallMillis() {
      return now.get();
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }
}
