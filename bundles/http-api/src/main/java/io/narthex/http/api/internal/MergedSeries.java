package io.narthex.http.api.internal;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.SeriesSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The label sets of several series sets: sorted, each of them once. */
final class MergedSeries {
  /** So many samples are asked for to know whether there is one. */
  private static final int ONE = 1;

  private final List<SeriesSet> sets;
  private final boolean withSamplesOnly;
  private final PriorityQueue<SeriesSet> heads =
      new PriorityQueue<>(Comparator.comparing(SeriesSet::labels));
  private final long[] timestamp = new long[ONE];
  private final double[] value = new double[ONE];

  /**
   * Merges sets that nobody has read from.
   *
   * @param withSamplesOnly leaves out series that have no sample in the range
   */
  MergedSeries(List<SeriesSet> sets, boolean withSamplesOnly) {
    this.sets = List.copyOf(sets);
    this.withSamplesOnly = withSamplesOnly;
  }

  /** The first label sets, at most so many. */
  List<Labels> read(long max) {
    sets.forEach(this::advance);
    List<Labels> found = new ArrayList<>();
    while (!heads.isEmpty() && found.size() < max) {
      SeriesSet first = heads.remove();
      Labels labels = first.labels();
      if (found.isEmpty() || !found.getLast().equals(labels)) {
        found.add(labels);
      }
      advance(first);
    }
    return found;
  }

  /** What the sets warn of; complete if all was read. */
  List<String> warnings() {
    return sets.stream().flatMap(set -> set.warnings().stream()).distinct().toList();
  }

  private void advance(SeriesSet set) {
    while (set.next()) {
      if (!withSamplesOnly || set.samples().read(timestamp, value, 0, ONE) > 0) {
        heads.add(set);
        return;
      }
    }
  }
}
