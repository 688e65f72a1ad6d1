package io.narthex.api.model.histogram;

import io.narthex.api.error.NarthexException;
import java.util.Arrays;

/**
 * One side of a {@link Histogram}: its buckets and what they count.
 *
 * @param layout which buckets there are
 * @param deltas the first bucket's count, then the difference of each bucket's count to the one
 *     before. The array is taken over and given out as it is: nobody may change it any more
 */
public record IntegerBuckets(BucketLayout layout, long[] deltas) {
  /** No buckets. */
  public static final IntegerBuckets EMPTY = new IntegerBuckets(BucketLayout.EMPTY, new long[0]);

  /** Rejects spans that do not fit the buckets, with {@link HistogramErrors#SPAN_BUCKETS}. */
  public IntegerBuckets {
    checkSpans(layout, deltas.length);
  }

  static void checkSpans(BucketLayout layout, int buckets) {
    if (layout.buckets() != buckets) {
      throw new NarthexException(
          HistogramErrors.SPAN_BUCKETS,
          "the spans %s name %d buckets, but there are counts for %d"
              .formatted(layout, layout.buckets(), buckets));
    }
  }

  /** The buckets with these counts. */
  public static IntegerBuckets ofCounts(BucketLayout layout, long... counts) {
    long[] deltas = new long[counts.length];
    long before = 0;
    for (int i = 0; i < counts.length; i++) {
      deltas[i] = counts[i] - before;
      before = counts[i];
    }
    return new IntegerBuckets(layout, deltas);
  }

  /** What each bucket counts; a new array. */
  public long[] counts() {
    long[] counts = new long[deltas.length];
    long count = 0;
    for (int i = 0; i < counts.length; i++) {
      count += deltas[i];
      counts[i] = count;
    }
    return counts;
  }

  /** The same with counts that need not be whole. */
  public FloatBuckets toFloat() {
    double[] counts = new double[deltas.length];
    double count = 0;
    for (int i = 0; i < counts.length; i++) {
      count += deltas[i];
      counts[i] = count;
    }
    return new FloatBuckets(layout, counts);
  }

  /**
   * The same observations without buckets that nobody needs: those that count nothing are left out,
   * unless no more than {@code maxEmpty} lie between two that count something.
   */
  public IntegerBuckets compacted(int maxEmpty) {
    long[] counts = counts();
    Compaction compaction = new Compaction(layout, maxEmpty);
    for (int i = 0; i < counts.length; i++) {
      compaction.bucket(i, counts[i] == 0);
    }
    int[] places = compaction.places();
    long[] kept = new long[places.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = places[i] == Compaction.ADDED ? 0 : counts[places[i]];
    }
    return ofCounts(compaction.layout(), kept);
  }

  /** The same observations in a schema that is coarser by some steps. */
  public IntegerBuckets coarser(int steps) {
    Merging merging = new Merging(layout, steps);
    long[] counts = counts();
    long[] merged = new long[merging.layout().buckets()];
    for (int i = 0; i < counts.length; i++) {
      merged[merging.place(i)] += counts[i];
    }
    return ofCounts(merging.layout(), merged);
  }

  /** Whether both have the same buckets with the same counts. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof IntegerBuckets that
            && Arrays.equals(deltas, that.deltas)
            && layout.equals(that.layout));
  }

  @Override
  public int hashCode() {
    return 31 * layout.hashCode() + Arrays.hashCode(deltas);
  }

  @Override
  public String toString() {
    return layout + Arrays.toString(counts());
  }
}
