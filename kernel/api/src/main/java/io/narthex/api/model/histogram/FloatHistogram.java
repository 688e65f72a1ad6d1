package io.narthex.api.model.histogram;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.StaleMarker;

/**
 * A native histogram whose counts need not be whole, nor even positive: the result of a
 * calculation, or a sample of such a result.
 *
 * <p>In all else like {@link Histogram}. Immutable.
 *
 * @param resetHint what is known about resets; no part of the data, see {@link #sameData}
 * @param schema see {@link HistogramSchema}
 * @param zeroThreshold how far the zero bucket reaches to both sides; 0 with custom bounds
 * @param zeroCount what the zero bucket counts; 0 with custom bounds
 * @param count how many observations; those of NaN are in no bucket
 * @param sum of all observations; the stale marker says that the series ended
 * @param positive with custom bounds the only side
 * @param negative empty with custom bounds
 * @param bounds none unless the schema is {@link HistogramSchema#CUSTOM}
 */
public record FloatHistogram(
    CounterResetHint resetHint,
    int schema,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    FloatBuckets positive,
    FloatBuckets negative,
    CustomBounds bounds)
    implements NativeHistogram {
  /** The sample that ends a series of histograms. */
  public static final FloatHistogram STALE =
      new FloatHistogram(
          CounterResetHint.UNKNOWN,
          0,
          0,
          0,
          0,
          StaleMarker.VALUE,
          FloatBuckets.EMPTY,
          FloatBuckets.EMPTY,
          CustomBounds.NONE);

  /**
   * Checks the shape.
   *
   * @throws NarthexException with a code of {@link HistogramErrors}
   */
  public FloatHistogram {
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
   * Checks what a histogram that comes from outside must fulfil: a schema that is stored, and no
   * negative counts. Buckets need not add up to the count: such sums are not exact.
   *
   * @throws NarthexException with a code of {@link HistogramErrors}
   */
  @Override
  public void validate() {
    HistogramChecks.checkSchema(schema);
    checkCounts("negative", negative);
    if (zeroCount < 0) {
      throw new NarthexException(
          HistogramErrors.NEGATIVE_BUCKET,
          "the zero bucket counts %s; a bucket counts 0 or more".formatted(zeroCount));
    }
    if (count < 0) {
      throw new NarthexException(
          HistogramErrors.NEGATIVE_COUNT, "the count is %s; it must be 0 or more".formatted(count));
    }
    checkCounts("positive", positive);
  }

  private static void checkCounts(String side, FloatBuckets buckets) {
    double[] counts = buckets.counts();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0) {
        throw HistogramChecks.negativeBucket(side, buckets.layout(), i, Double.toString(counts[i]));
      }
    }
  }

  /**
   * Leaves out buckets that count nothing, unless no more than {@code maxEmpty} lie between two
   * that count something.
   */
  public FloatHistogram compacted(int maxEmpty) {
    return withBuckets(schema, positive.compacted(maxEmpty), negative.compacted(maxEmpty));
  }

  /**
   * The same observations in a coarser exponential schema, or this if it is of that schema.
   *
   * @throws IllegalArgumentException if that is finer, or either has custom bounds
   */
  public FloatHistogram coarserTo(int coarser) {
    if (coarser == schema) {
      return this;
    }
    int steps = HistogramChecks.steps(schema, coarser);
    return withBuckets(coarser, positive.coarser(steps), negative.coarser(steps));
  }

  private FloatHistogram withBuckets(int newSchema, FloatBuckets pos, FloatBuckets neg) {
    return new FloatHistogram(
        resetHint, newSchema, zeroThreshold, zeroCount, count, sum, pos, neg, bounds);
  }

  /** The same with another hint. */
  public FloatHistogram withResetHint(CounterResetHint hint) {
    return hint == resetHint
        ? this
        : new FloatHistogram(
            hint, schema, zeroThreshold, zeroCount, count, sum, positive, negative, bounds);
  }

  /**
   * Whether both hold the same data: all but the hint; numbers to the bit, and empty buckets count
   * (upstream: {@code FloatHistogram.Equals}). A sample that comes a second time is told by this.
   */
  public boolean sameData(FloatHistogram that) {
    return schema == that.schema
        && sameBits(count, that.count)
        && sameBits(zeroCount, that.zeroCount)
        && sameBits(sum, that.sum)
        && sameBits(zeroThreshold, that.zeroThreshold)
        && positive.equals(that.positive)
        && negative.equals(that.negative)
        && bounds.equals(that.bounds);
  }

  private static boolean sameBits(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }

  /** Whether both hold the same data and the same hint. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof FloatHistogram that && resetHint == that.resetHint && sameData(that));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * positive.hashCode() + negative.hashCode()) + Double.hashCode(count);
  }
}
