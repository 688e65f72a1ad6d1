package io.narthex.api.model.histogram;

import java.util.Arrays;

/**
 * One side of a {@link FloatHistogram}: its buckets and what they count.
 *
 * @param layout which buckets there are
 * @param counts what each bucket counts. The array is taken over and given out as it is: nobody may
 *     change it any more
 */
public record FloatBuckets(BucketLayout layout, double[] counts) {
  /** No buckets. */
  public static final FloatBuckets EMPTY = new FloatBuckets(BucketLayout.EMPTY, new double[0]);

  /** Rejects spans that do not fit the buckets, with {@link HistogramErrors#SPAN_BUCKETS}. */
  public FloatBuckets {
    IntegerBuckets.checkSpans(layout, counts.length);
  }

  /**
   * The same observations without buckets that nobody needs: those that count nothing are left out,
   * unless no more than {@code maxEmpty} lie between two that count something.
   */
  public FloatBuckets compacted(int maxEmpty) {
    Compaction compaction = new Compaction(layout, maxEmpty);
    for (int i = 0; i < counts.length; i++) {
      compaction.bucket(i, counts[i] == 0);
    }
    int[] places = compaction.places();
    double[] kept = new double[places.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = places[i] == Compaction.ADDED ? 0 : counts[places[i]];
    }
    return new FloatBuckets(compaction.layout(), kept);
  }

  /** The same observations in a schema that is coarser by some steps. */
  public FloatBuckets coarser(int steps) {
    Merging merging = new Merging(layout, steps);
    double[] merged = new double[merging.layout().buckets()];
    // Not 0 + x, which would lose the sign of a zero.
    Arrays.fill(merged, -0.0);
    for (int i = 0; i < counts.length; i++) {
      merged[merging.place(i)] += counts[i];
    }
    return new FloatBuckets(merging.layout(), merged);
  }

  /** Whether both have the same buckets with the same counts to the bit. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof FloatBuckets that
            && sameBits(counts, that.counts)
            && layout.equals(that.layout));
  }

  private static boolean sameBits(double[] a, double[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (Double.doubleToRawLongBits(a[i]) != Double.doubleToRawLongBits(b[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return 31 * layout.hashCode() + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return layout + Arrays.toString(counts);
  }
}
