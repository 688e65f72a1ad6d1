package io.narthex.api.model.histogram;

import java.util.Arrays;

/**
 * Finds the buckets that stay when empty ones are left out (upstream: {@code compactBuckets} in
 * {@code model/histogram/generic.go}). Told about each bucket in turn.
 */
final class Compaction {
  /** The place of a bucket that was not there before. */
  static final int ADDED = -1;

  private final int[] indexes;
  private final int maxEmpty;
  private int[] keptIndexes;
  private int[] keptPlaces;
  private int kept;
  private int lastFull = -1;

  Compaction(BucketLayout layout, int maxEmpty) {
    this.indexes = layout.indexes();
    this.maxEmpty = maxEmpty;
    keptIndexes = new int[indexes.length];
    keptPlaces = new int[indexes.length];
  }

  void bucket(int place, boolean isEmpty) {
    if (isEmpty) {
      return;
    }
    long gap = lastFull < 0 ? 0 : indexes[place] - (indexes[lastFull] + 1L);
    if (gap > 0 && gap <= maxEmpty) {
      fill((int) gap, gap == place - lastFull - 1);
    }
    keep(indexes[place], place);
    lastFull = place;
  }

  /** Bridges a gap; where all its buckets were there, they stay what they are. */
  private void fill(int gap, boolean wereThere) {
    for (int i = 1; i <= gap; i++) {
      keep(indexes[lastFull] + i, wereThere ? lastFull + i : ADDED);
    }
  }

  private void keep(int index, int place) {
    if (kept == keptIndexes.length) {
      int capacity = Math.max(8, kept + kept / 2);
      keptIndexes = Arrays.copyOf(keptIndexes, capacity);
      keptPlaces = Arrays.copyOf(keptPlaces, capacity);
    }
    keptIndexes[kept] = index;
    keptPlaces[kept] = place;
    kept++;
  }

  BucketLayout layout() {
    return BucketLayout.ofIndexes(keptIndexes, kept);
  }

  /** For each bucket that stays, where it was before, or {@link #ADDED}. */
  int[] places() {
    return Arrays.copyOf(keptPlaces, kept);
  }
}
