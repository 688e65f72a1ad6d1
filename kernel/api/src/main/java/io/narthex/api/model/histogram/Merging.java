package io.narthex.api.model.histogram;

/** Where each bucket goes when a schema is made coarser. */
final class Merging {
  private final BucketLayout layout;
  private final int[] places;

  Merging(BucketLayout fine, int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException(
          "a schema can only be made coarser, by 0 steps or more, got %d".formatted(steps));
    }
    int[] indexes = fine.indexes();
    places = new int[indexes.length];
    int last = -1;
    for (int i = 0; i < indexes.length; i++) {
      int index = HistogramSchema.coarserIndex(indexes[i], steps);
      if (last < 0 || indexes[last] != index) {
        last++;
        indexes[last] = index;
      }
      places[i] = last;
    }
    layout = BucketLayout.ofIndexes(indexes, last + 1);
  }

  /** The buckets of the coarser schema. */
  BucketLayout layout() {
    return layout;
  }

  /** The place of the bucket that takes in the bucket at a place. */
  int place(int bucket) {
    return places[bucket];
  }
}
