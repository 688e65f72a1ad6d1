package io.narthex.storage.internal.engine;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.Exemplar;
import io.narthex.storage.internal.log.ChronicleLogStore;
import java.nio.file.Path;

/**
 * Started by {@link CrashTest}: commits until it is killed, and prints the number of each commit
 * that was acknowledged.
 */
final class CrashChild {
  static final int SERIES = 40;
  static final long STEP_MILLIS = 1000;

  private CrashChild() {}

  public static void main(String[] args) {
    TestClock clock = new TestClock();
    Storages storages =
        Storages.start(
            new ChronicleLogStore(Path.of(args[0]), 1, clock::wallMillis),
            clock,
            Storages.LIMITS,
            Path.of(args[0]).resolve("head"));
    System.out.println("ready " + storages.replay().samples());
    try (Appender appender = storages.storage().appender(new AppendSource("test", "crash"))) {
      for (long commit = Long.parseLong(args[1]); ; commit++) {
        // Moves over the borders of files and segments.
        clock.advance(STEP_MILLIS);
        for (int i = 0; i < SERIES; i++) {
          Labels labels = labels(commit, i);
          appender.append(appender.slot(labels), time(commit), value(commit, i));
        }
        appender.exemplar(appender.slot(labels(commit, 1)), exemplar(commit));
        CommitReceipt receipt = appender.commit();
        if (receipt.samples() != SERIES) {
          throw new IllegalStateException(
              "commit %d stored %d samples".formatted(commit, receipt.samples()));
        }
        System.out.println(commit);
      }
    }
  }

  /** Some series go and others come. */
  static Labels labels(long commit, int i) {
    return Labels.of(
        Labels.METRIC_NAME, "m", "i", "" + i, "generation", "" + (i % 5 == 0 ? commit / 500 : 0));
  }

  /** One in each commit, of a series that stays. */
  static Exemplar exemplar(long commit) {
    return new Exemplar(Labels.of("trace_id", "" + commit), value(commit, 1), time(commit));
  }

  static long time(long commit) {
    return 1_700_000_000_000L - 1_000_000_000L + commit;
  }

  static double value(long commit, int i) {
    return i % 3 == 0 ? i : commit * 0.37 + i;
  }
}
