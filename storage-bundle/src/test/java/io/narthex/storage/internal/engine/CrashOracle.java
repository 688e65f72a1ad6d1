package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Remembers what {@link CrashChild} told of commits and queries, outside of its process, and checks
 * a storage by it: nothing that was acknowledged or seen is missing, nothing is there twice or in
 * the wrong order, nothing is there that was not written.
 */
final class CrashOracle {
  /** How many commits of each writer must be there. */
  private final long[] certain = new long[CrashModel.WRITERS];

  /** Commits from the one to before the other may be there, in whole, in part or not. */
  private final long[] optionalFrom = new long[CrashModel.WRITERS];

  private final long[] optionalTo = new long[CrashModel.WRITERS];

  private long acknowledged;
  private long queries;
  private long starts;

  /**
   * Of a storage of which everything that was synced must be there, and of what was written since
   * as much as can be.
   */
  static CrashOracle ofPowerLoss(long[] synced, long[] written) {
    CrashOracle oracle = new CrashOracle();
    System.arraycopy(synced, 0, oracle.optionalFrom, 0, synced.length);
    System.arraycopy(written, 0, oracle.optionalTo, 0, written.length);
    oracle.acknowledged(written);
    return oracle;
  }

  /** All commits of each writer before these must be there, if they are not optional. */
  void acknowledged(long[] commits) {
    System.arraycopy(commits, 0, certain, 0, commits.length);
  }

  /** The child told something. */
  void told(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "R" -> started(Integer.parseInt(words[1]), Long.parseLong(words[2]));
      case "A" -> {
        acknowledged++;
        saw(Integer.parseInt(words[1]), Long.parseLong(words[2]));
      }
      case "Q" -> queried(words);
      default -> throw new AssertionError(line);
    }
  }

  private void started(int writer, long commits) {
    starts++;
    // A commit of each writer may have been in the log when it was killed, and not acknowledged.
    assertThat(commits)
        .as("commits of writer %d", writer)
        .isBetween(certain[writer], certain[writer] + 1);
    certain[writer] = commits;
  }

  private void saw(int writer, long commit) {
    if (commit > certain[writer]) {
      throw new AssertionError(
          "commit %d of writer %d before commit %d".formatted(commit, writer, certain[writer]));
    }
    certain[writer] = Math.max(certain[writer], commit + 1);
  }

  private void queried(String[] words) {
    queries++;
    long least = Long.parseLong(words[1]);
    int writer = Integer.parseInt(words[2]);
    Labels labels = Labels.of("kind", "row", "w", words[2], "i", words[3], "c", words[4]);
    long first = Long.parseLong(words[5]);
    long last = Long.parseLong(words[6]);
    long[] expected = {0, 0, 0};
    CrashModel.series(
        labels,
        Math.max(last, least),
        (series, time, value) -> {
          long commit = CrashModel.commitAt(time);
          expected[2] = commit;
          if (commit >= first && commit <= last) {
            expected[0]++;
            expected[1] = CrashChild.hash(expected[1], time, value);
          }
        });
    assertThat(expected[0]).as("samples of %s", labels).isEqualTo(Long.parseLong(words[7]));
    assertThat(expected[1]).as("values of %s", labels).isEqualTo(Long.parseLong(words[8]));
    assertThat(last).as("newest of %s", labels).isEqualTo(expected[2]);
    saw(writer, last);
  }

  /** Checks all that a storage has. */
  void check(Storages storages) {
    for (int writer = 0; writer < CrashModel.WRITERS; writer++) {
      started(writer, CrashChild.commits(storages, writer));
    }
    checkSamples(storages);
    checkExemplars(storages);
  }

  /** Checks the samples of a storage. */
  void checkSamples(Storages storages) {
    Set<Labels> found = new HashSet<>();
    try (Querier querier = storages.storage().querier(0, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
      while (set.next()) {
        assertThat(found.add(set.labels())).as("%s is there once", set.labels()).isTrue();
        check(set.labels(), set.samples());
      }
    }
    checkSeries(found);
  }

  /** What is older may have been dropped. */
  private long retainedFrom() {
    long newest = Arrays.stream(certain).max().orElseThrow();
    return CrashModel.time(CrashModel.WRITERS, newest + 1) - CrashModel.LIMITS.retentionMillis();
  }

  private void check(Labels labels, SampleCursor cursor) {
    List<long[]> expected = new ArrayList<>();
    CrashModel.series(
        labels,
        certain[Integer.parseInt(labels.get("w"))] - 1,
        (series, time, value) -> expected.add(sample(time, value)));
    int at = 0;
    long[] times = new long[512];
    double[] values = new double[512];
    int n;
    while ((n = cursor.read(times, values, 0, times.length)) >= 0) {
      for (int i = 0; i < n; i++) {
        while (at < expected.size() && expected.get(at)[0] < times[i]) {
          mayBeMissing(labels, expected.get(at++));
        }
        if (at == expected.size()
            || !Arrays.equals(expected.get(at), sample(times[i], values[i]))) {
          throw new AssertionError(
              "%s has %s at %d (commit %d), which was not written or stands there again"
                  .formatted(labels, values[i], times[i], CrashModel.commitAt(times[i])));
        }
        at++;
      }
    }
    while (at < expected.size()) {
      mayBeMissing(labels, expected.get(at++));
    }
  }

  private static long[] sample(long time, double value) {
    return new long[] {time, Double.doubleToRawLongBits(value)};
  }

  private void mayBeMissing(Labels labels, long[] sample) {
    int writer = Integer.parseInt(labels.get("w"));
    if (sample[0] >= retainedFrom() && !isOptional(writer, CrashModel.commitAt(sample[0]))) {
      throw new AssertionError(
          "%s lacks its sample at %d (commit %d)"
              .formatted(labels, sample[0], CrashModel.commitAt(sample[0])));
    }
  }

  private boolean isOptional(int writer, long commit) {
    return commit >= optionalFrom[writer] && commit < optionalTo[writer];
  }

  /** No series is missing as a whole. */
  private void checkSeries(Set<Labels> found) {
    for (int writer = 0; writer < CrashModel.WRITERS; writer++) {
      long from = Math.max(0, CrashModel.commitAt(retainedFrom()) + 1);
      for (long commit = from; commit < certain[writer]; commit++) {
        if (isOptional(writer, commit)) {
          continue;
        }
        CrashModel.commit(
            writer,
            commit,
            (labels, time, value) -> {
              if (!found.contains(labels)) {
                throw new AssertionError(
                    "%s is missing, with its sample at %d".formatted(labels, time));
              }
            });
      }
    }
  }

  /** The newest ones are there, and none of a commit that is not. */
  private void checkExemplars(Storages storages) {
    List<Exemplar> expected = new ArrayList<>();
    for (long i = Math.max(0, certain[0] - Storages.MAX_EXEMPLARS); i < certain[0]; i++) {
      expected.add(CrashModel.exemplar(i));
    }
    assertThat(storages.storage().exemplars(0, Long.MAX_VALUE, List.of(List.of())))
        .isEqualTo(
            expected.isEmpty()
                ? List.of()
                : List.of(new ExemplarSeries(CrashModel.exemplarSeries(), expected)));
  }

  /** Commits that were acknowledged so far. */
  long acknowledged() {
    return acknowledged;
  }

  /** What it has checked, for people. */
  String summary() {
    return "%d commits acknowledged, %d series seen by queries, %d starts checked"
        .formatted(acknowledged, queries, starts / CrashModel.WRITERS);
  }
}
