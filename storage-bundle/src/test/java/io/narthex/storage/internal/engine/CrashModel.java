package io.narthex.storage.internal.engine;

import io.narthex.api.model.Labels;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.Exemplar;
import io.narthex.storage.internal.append.IngestLimits;

/**
 * What the writers of {@link CrashChild} commit: a function of the writer and the number of the
 * commit, so that who checks need not be told the samples.
 *
 * <p>Series have the labels {@code kind}, {@code w} (the writer), {@code i} and {@code c}: the
 * commit with which the series begins.
 */
final class CrashModel {
  static final int WRITERS = 3;
  static final int ROW_SERIES = 30;
  static final int LOOSE_EVERY = 7;
  static final int LOOSE_SAMPLES = 3;
  static final int BURST_SERIES = 3000;

  private static final int GENERATION = 50;
  private static final int BURST_EVERY = 300;
  private static final String LONG_TEXT = "x".repeat(200);
  private static final long BEGIN = 1_700_000_000_000L;
  private static final long STEP = 10_000;

  /** The log has files and segments of two hours, and loses them after six. */
  static final IngestLimits LIMITS = new IngestLimits(4 * 3_600_000L, 600_000, 1L << 30);

  private CrashModel() {}

  /** Takes the samples of a series or of a commit. */
  @FunctionalInterface
  interface SampleSink {
    void sample(Labels labels, long time, double value);
  }

  /** When a writer makes a commit. */
  static long time(int writer, long commit) {
    return BEGIN + commit * STEP + writer * 10L;
  }

  /** The commit that has a sample of this time. */
  static long commitAt(long time) {
    return (time - BEGIN + STEP / 2) / STEP;
  }

  /** Gives how many samples the commit has. */
  static int commit(int writer, long commit, SampleSink sink) {
    int[] count = {0};
    SampleSink counting =
        (labels, time, value) -> {
          count[0]++;
          sink.sample(labels, time, value);
        };
    for (int i = 0; i < ROW_SERIES; i++) {
      long begin = beginOf(i, commit);
      if (begin == commit && commit > 0 && i % 5 == 0) {
        counting.sample(
            row(writer, i, begin - GENERATION), time(writer, commit), StaleMarker.VALUE);
      }
      counting.sample(row(writer, i, begin), time(writer, commit), value(writer, i, commit));
    }
    if (commit % LOOSE_EVERY == 0) {
      loose(writer, commit, counting);
    }
    if (isBurst(writer, commit)) {
      for (int i = 0; i < BURST_SERIES; i++) {
        counting.sample(burst(writer, i, commit), time(writer, commit), i);
      }
    }
    return count[0];
  }

  private static void loose(int writer, long commit, SampleSink sink) {
    for (int k = 0; k < LOOSE_SAMPLES; k++) {
      long time = time(writer, commit) - LOOSE_SAMPLES + k;
      sink.sample(loose(writer), time, value(writer, k, commit));
    }
  }

  /** The samples of a series that commits up to {@code last} have, in order of time. */
  static void series(Labels labels, long last, SampleSink sink) {
    int writer = Integer.parseInt(labels.get("w"));
    int i = Integer.parseInt(labels.get("i"));
    long begin = Long.parseLong(labels.get("c"));
    switch (labels.get("kind")) {
      case "row" -> {
        long end = i % 5 == 0 ? begin + GENERATION : Long.MAX_VALUE;
        for (long commit = begin; commit <= last && commit <= end; commit++) {
          double value = commit == end ? StaleMarker.VALUE : value(writer, i, commit);
          sink.sample(labels, time(writer, commit), value);
        }
      }
      case "loose" -> {
        for (long commit = begin; commit <= last; commit += LOOSE_EVERY) {
          loose(writer, commit, sink);
        }
      }
      case "burst" -> {
        if (begin <= last) {
          sink.sample(labels, time(writer, begin), i);
        }
      }
      default -> throw new AssertionError(labels);
    }
  }

  /** Some series go and others come. */
  private static long beginOf(int i, long commit) {
    return i % 5 == 0 ? commit - commit % GENERATION : 0;
  }

  /** A commit so large that it takes several documents. */
  static boolean isBurst(int writer, long commit) {
    return writer == 0 && commit % BURST_EVERY == BURST_EVERY / 2;
  }

  private static Labels row(int writer, int i, long begin) {
    return labels("row", writer, i, begin, "");
  }

  private static Labels loose(int writer) {
    return labels("loose", writer, 0, 0, "");
  }

  private static Labels burst(int writer, int i, long commit) {
    return labels("burst", writer, i, commit, LONG_TEXT + i);
  }

  private static Labels labels(String kind, int writer, int i, long begin, String text) {
    return Labels.of(
        Labels.METRIC_NAME,
        "m",
        "kind",
        kind,
        "w",
        "" + writer,
        "i",
        "" + i,
        "c",
        "" + begin,
        "text",
        text);
  }

  /** One in each commit of the first writer, of a series that stays. */
  static Exemplar exemplar(long commit) {
    return new Exemplar(Labels.of("trace_id", "" + commit), value(0, 1, commit), time(0, commit));
  }

  static Labels exemplarSeries() {
    return row(0, 1, 0);
  }

  private static double value(int writer, int i, long commit) {
    return switch (i % 7) {
      case 0 -> i;
      case 1 -> commit * 0.37 + writer;
      case 2 -> commit * i + commit % 3;
      case 3 -> commit % 40 == 0 ? Double.NaN : commit % 41 == 0 ? Double.NEGATIVE_INFINITY : 3;
      case 4 -> (commit * 7919 % 1000) / 100.0;
      case 5 -> commit % 3 == 0 ? -0.0 : 1e-310 * commit;
      default -> mixed(commit + i);
    };
  }

  private static double mixed(long seed) {
    long z = (seed + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
    return ((z ^ (z >>> 29)) >>> 11) * 0x1.0p-53;
  }
}
