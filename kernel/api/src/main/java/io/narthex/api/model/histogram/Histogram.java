package io.narthex.api.model.histogram;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.StaleMarker;

/**
 * A native histogram whose counts are whole numbers: one sample that holds a distribution.
 *
 * <p>The positive side counts observations above the zero threshold, the negative side those below
 * its negative (by the same indexes, mirrored), the zero bucket all between. Upstream: <a
 * href="https://prometheus.io/docs/specs/native_histograms/">prometheus.io/docs/specs/native_histograms</a>.
 *
 * <p>Immutable. Constructing one checks that it has a shape (spans, bounds, schema); whether its
 * numbers make sense is asked for with {@link #validate}, since results of calculations need not.
 *
 * @param resetHint what is known about resets; no part of the data, see {@link #sameData}
 * @param schema see {@link HistogramSchema}
 * @param zeroThreshold how far the zero bucket reaches to both sides; 0 with custom bounds
 * @param zeroCount what the zero bucket counts, unsigned; 0 with custom bounds
 * @param count how many observations, unsigned; those of NaN are in no bucket
 * @param sum of all observations; the stale marker says that the series ended
 * @param positive with custom bounds the only side
 * @param negative empty with custom bounds
 * @param bounds none unless the schema is {@link HistogramSchema#CUSTOM}
 */
public record Histogram(
    CounterResetHint resetHint,
    int schema,
    double zeroThreshold,
    long zeroCount,
    long count,
    double sum,
    IntegerBuckets positive,
    IntegerBuckets negative,
    CustomBounds bounds)
    implements NativeHistogram {
  /** The sample that ends a series of histograms. */
  public static final Histogram STALE =
      new Histogram(
          CounterResetHint.UNKNOWN,
          0,
          0,
          0,
          0,
          StaleMarker.VALUE,
          IntegerBuckets.EMPTY,
          IntegerBuckets.EMPTY,
          CustomBounds.NONE);

  /**
   * Checks the shape.
   *
   * @throws NarthexException with a code of {@link HistogramErrors}
   */
  public Histogram {
    // A zero has no sign here: upstream's chunks do not keep it.
    zeroThreshold += 0.0;
    HistogramChecks.checkShape(
        schema, zeroThreshold, zeroCount != 0, positive.layout(), negative.layout(), bounds);
  }

  @Override
  public boolean isStale() {
    return StaleMarker.is(sum);
  }

  /**
   * Checks what a histogram that comes from outside must fulfil: a schema that is stored, no
   * negative counts, and buckets that add up to the count (or less, where NaN was observed).
   *
   * @throws NarthexException with a code of {@link HistogramErrors}
   */
  @Override
  public void validate() {
    HistogramChecks.checkSchema(schema);
    long sumOfBuckets = sumOf("negative", negative) + sumOf("positive", positive) + zeroCount;
    if (Double.isNaN(sum)) {
      if (Long.compareUnsigned(sumOfBuckets, count) > 0) {
        throw new NarthexException(
            HistogramErrors.COUNT_TOO_SMALL,
            "the buckets hold %s observations, but the count is %s; it must be at least as many"
                .formatted(Long.toUnsignedString(sumOfBuckets), Long.toUnsignedString(count)));
      }
    } else if (sumOfBuckets != count) {
      throw new NarthexException(
          HistogramErrors.COUNT_MISMATCH,
          "the buckets hold %s observations, but the count is %s; unless NaN was observed (then the"
                  .formatted(Long.toUnsignedString(sumOfBuckets), Long.toUnsignedString(count))
              + " sum is NaN) both must be equal");
    }
  }

  private static long sumOf(String side, IntegerBuckets buckets) {
    long total = 0;
    long bucketCount = 0;
    long[] deltas = buckets.deltas();
    for (int i = 0; i < deltas.length; i++) {
      bucketCount += deltas[i];
      if (bucketCount < 0) {
        throw HistogramChecks.negativeBucket(side, buckets.layout(), i, Long.toString(bucketCount));
      }
      total += bucketCount;
    }
    return total;
  }

  /** The same with counts that need not be whole. */
  public FloatHistogram toFloat() {
    return new FloatHistogram(
        resetHint,
        schema,
        zeroThreshold,
        toDouble(zeroCount),
        toDouble(count),
        sum,
        positive.toFloat(),
        negative.toFloat(),
        bounds);
  }

  private static double toDouble(long unsigned) {
    if (unsigned >= 0) {
      return unsigned;
    }
    // Halved with the lost bit kept, so that it is rounded once.
    return (double) ((unsigned >>> 1) | (unsigned & 1)) * 2;
  }

  /**
   * Leaves out buckets that count nothing, unless no more than {@code maxEmpty} lie between two
   * that count something.
   */
  public Histogram compacted(int maxEmpty) {
    return withBuckets(schema, positive.compacted(maxEmpty), negative.compacted(maxEmpty));
  }

  /**
   * The same observations in a coarser exponential schema, or this if it is of that schema.
   *
   * @throws IllegalArgumentException if that is finer, or either has custom bounds
   */
  public Histogram coarserTo(int coarser) {
    if (coarser == schema) {
      return this;
    }
    int steps = HistogramChecks.steps(schema, coarser);
    return withBuckets(coarser, positive.coarser(steps), negative.coarser(steps));
  }

  private Histogram withBuckets(int newSchema, IntegerBuckets pos, IntegerBuckets neg) {
    return new Histogram(
        resetHint, newSchema, zeroThreshold, zeroCount, count, sum, pos, neg, bounds);
  }

  /** The same with another hint. */
  public Histogram withResetHint(CounterResetHint hint) {
    return hint == resetHint
        ? this
        : new Histogram(
            hint, schema, zeroThreshold, zeroCount, count, sum, positive, negative, bounds);
  }

  /**
   * Whether both hold the same data: all but the hint; numbers to the bit, and empty buckets count
   * (upstream: {@code Histogram.Equals}). A sample that comes a second time is told by this.
   */
  public boolean sameData(Histogram that) {
    return schema == that.schema
        && count == that.count
        && zeroCount == that.zeroCount
        && Double.doubleToRawLongBits(sum) == Double.doubleToRawLongBits(that.sum)
        && Double.doubleToRawLongBits(zeroThreshold)
            == Double.doubleToRawLongBits(that.zeroThreshold)
        && positive.equals(that.positive)
        && negative.equals(that.negative)
        && bounds.equals(that.bounds);
  }

  /** Whether both hold the same data and the same hint. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Histogram that && resetHint == that.resetHint && sameData(that));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * positive.hashCode() + negative.hashCode()) + Long.hashCode(count);
  }
}
