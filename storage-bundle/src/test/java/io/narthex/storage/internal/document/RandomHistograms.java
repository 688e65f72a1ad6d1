package io.narthex.storage.internal.document;

import io.narthex.api.model.StaleMarker;
import io.narthex.api.model.histogram.BucketLayout;
import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.CustomBounds;
import io.narthex.api.model.histogram.FloatBuckets;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.HistogramSchema;
import io.narthex.api.model.histogram.IntegerBuckets;
import io.narthex.api.model.histogram.NativeHistogram;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Valid histograms of one series, which grow, begin anew and change their buckets, by a seed. */
public final class RandomHistograms {
  private final Random random;
  private final boolean isFloat;
  private final boolean isGauge;
  private final SortedMap<Integer, Long> positive = new TreeMap<>();
  private final SortedMap<Integer, Long> negative = new TreeMap<>();
  private int schema;
  private double zeroThreshold;
  private CustomBounds bounds = CustomBounds.NONE;
  private long zeroCount;

  /** A series of either kind of counts. */
  public RandomHistograms(Random random) {
    this.random = random;
    isFloat = random.nextBoolean();
    isGauge = random.nextInt(4) == 0;
    restart();
  }

  private void restart() {
    positive.clear();
    negative.clear();
    zeroCount = 0;
    bounds = CustomBounds.NONE;
    if (random.nextInt(4) == 0) {
      schema = HistogramSchema.CUSTOM;
      zeroThreshold = 0;
      double[] upper = new double[random.nextInt(6)];
      double bound = -1.5;
      for (int i = 0; i < upper.length; i++) {
        bound += random.nextBoolean() ? 0.25 : random.nextDouble() + 1e-9;
        upper[i] = bound;
      }
      bounds = CustomBounds.of(upper);
    } else {
      schema = random.nextInt(13) - 4;
      zeroThreshold = random.nextBoolean() ? 0x1p-128 : random.nextDouble();
    }
  }

  /** The next one; now and then one that ends the series. */
  public NativeHistogram next() {
    if (random.nextInt(20) == 0) {
      return isFloat ? FloatHistogram.STALE : Histogram.STALE;
    }
    switch (random.nextInt(20)) {
      case 0 -> restart();
      case 1 -> positive.replaceAll((index, count) -> count / 2);
      case 2 -> positive.keySet().removeIf(index -> random.nextBoolean());
      default -> {}
    }
    if (schema == HistogramSchema.CUSTOM) {
      grow(positive, 0, bounds.size() + 1);
    } else {
      grow(positive, -7, 15);
      grow(negative, 100, 5);
      zeroCount += random.nextInt(3);
    }
    return isFloat ? floats() : whole();
  }

  private void grow(SortedMap<Integer, Long> side, int from, int size) {
    side.replaceAll((index, count) -> count + (random.nextInt(1 << 30) >> random.nextInt(31)));
    if (random.nextInt(3) == 0) {
      side.merge(from + random.nextInt(size), (long) random.nextInt(9), Long::sum);
    }
  }

  private CounterResetHint hint() {
    if (isGauge) {
      return CounterResetHint.GAUGE;
    }
    return random.nextInt(10) == 0
        ? CounterResetHint.values()[random.nextInt(3)]
        : CounterResetHint.UNKNOWN;
  }

  private double sum() {
    return switch (random.nextInt(12)) {
      case 0 -> Double.POSITIVE_INFINITY;
      case 1 -> -0.0;
      case 2 -> Double.MIN_VALUE;
      case 3 -> Double.longBitsToDouble(Double.doubleToRawLongBits(StaleMarker.VALUE) ^ 1);
      default -> random.nextInt(10_000) * 0.1;
    };
  }

  private Histogram whole() {
    long count = zeroCount;
    for (long each : positive.values()) {
      count += each;
    }
    for (long each : negative.values()) {
      count += each;
    }
    return new Histogram(
        hint(),
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum(),
        side(positive),
        side(negative),
        bounds);
  }

  private FloatHistogram floats() {
    return new FloatHistogram(
        hint(),
        schema,
        zeroThreshold,
        zeroCount * 0.5,
        random.nextInt(1000) * 0.25,
        sum(),
        fractions(side(positive)),
        fractions(side(negative)),
        bounds);
  }

  private FloatBuckets fractions(IntegerBuckets buckets) {
    double[] counts = buckets.toFloat().counts();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = random.nextInt(100) == 0 ? Double.NaN : counts[i] * 0.125;
    }
    return new FloatBuckets(buckets.layout(), counts);
  }

  private static IntegerBuckets side(SortedMap<Integer, Long> side) {
    int[] indexes = side.keySet().stream().mapToInt(Integer::intValue).toArray();
    return IntegerBuckets.ofCounts(
        BucketLayout.ofIndexes(indexes, indexes.length),
        side.values().stream().mapToLong(Long::longValue).toArray());
  }
}
