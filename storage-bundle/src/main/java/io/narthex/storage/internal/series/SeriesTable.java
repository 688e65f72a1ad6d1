package io.narthex.storage.internal.series;

import io.narthex.api.model.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Finds series by all their labels: an array with linear probing, since the entries of a hash map
 * would cost as much as a chunk for each series.
 */
final class SeriesTable {
  private @Nullable Series[] buckets = new Series[64];
  private int size;

  int size() {
    return size;
  }

  @Nullable Series find(Labels labels) {
    int at = home(labels);
    Series series;
    while ((series = buckets[at]) != null) {
      if (series.labels().hashCode() == labels.hashCode() && series.labels().equals(labels)) {
        return series;
      }
      at = next(at);
    }
    return null;
  }

  /** Adds a series whose labels are not there yet. */
  void add(Series series) {
    if (size >= buckets.length / 4 * 3) {
      grow();
    }
    insert(series);
    size++;
  }

  /** Removes a series, if it is there. */
  void remove(Series series) {
    int at = home(series.labels());
    while (buckets[at] != series) {
      if (buckets[at] == null) {
        return;
      }
      at = next(at);
    }
    size--;
    buckets[at] = null;
    // What was pushed beyond the gap moves back, so that it is still found.
    for (int i = next(at); buckets[i] != null; i = next(i)) {
      Series moved = buckets[i];
      buckets[i] = null;
      insert(moved);
    }
  }

  private void insert(Series series) {
    int at = home(series.labels());
    while (buckets[at] != null) {
      at = next(at);
    }
    buckets[at] = series;
  }

  private void grow() {
    @Nullable Series[] before = buckets;
    buckets = new Series[before.length * 2];
    for (Series series : before) {
      if (series != null) {
        insert(series);
      }
    }
  }

  private int home(Labels labels) {
    int h = labels.hashCode() * 0x9E3779B9;
    return (h ^ h >>> 15) & buckets.length - 1;
  }

  private int next(int at) {
    return at + 1 & buckets.length - 1;
  }
}
