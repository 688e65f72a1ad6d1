package io.narthex.storage.internal.series;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is deleted of which series, by the series' number; few have anything. Changed only under the
 * head's write lock, read from anywhere.
 */
public final class DeletedRanges {
  private final Map<Integer, Deletions> bySeries = new ConcurrentHashMap<>();

  /** What is deleted of a series. */
  public Deletions of(int series) {
    return bySeries.isEmpty() ? Deletions.NONE : bySeries.getOrDefault(series, Deletions.NONE);
  }

  /** Deletes a range of time, both ends included. */
  public void add(int series, long from, long to) {
    bySeries.merge(
        series, Deletions.NONE.plus(from, to), (before, unused) -> before.plus(from, to));
  }

  /** Forgets ranges that ended before: there are no samples any more that they could hide. */
  public void dropBefore(int series, long time) {
    if (!bySeries.isEmpty()) {
      bySeries.computeIfPresent(
          series,
          (unused, ranges) -> {
            Deletions left = ranges.since(time);
            return left == Deletions.NONE ? null : left;
          });
    }
  }

  /** A series is removed. */
  public void remove(int series) {
    bySeries.remove(series);
  }
}
