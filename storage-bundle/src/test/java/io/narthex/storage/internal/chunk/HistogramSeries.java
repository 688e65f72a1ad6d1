package io.narthex.storage.internal.chunk;

import io.narthex.api.model.StaleMarker;
import io.narthex.api.model.histogram.BucketLayout;
import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.CustomBounds;
import io.narthex.api.model.histogram.FloatBuckets;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.HistogramSchema;
import io.narthex.api.model.histogram.IntegerBuckets;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** A series of histograms that grows, resets, gains and loses buckets, all by a seed. */
final class HistogramSeries {
  private static final double[] SUMS = {
    0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, -Double.MAX_VALUE
  };

  private final Random random;
  private final boolean isGauge;
  private final SortedMap<Integer, Long> positive = new TreeMap<>();
  private final SortedMap<Integer, Long> negative = new TreeMap<>();
  private long time;
  private int schema;
  private double zeroThreshold;
  private CustomBounds bounds = CustomBounds.NONE;
  private long zeroCount;
  private long count;
  private CounterResetHint hint = CounterResetHint.UNKNOWN;

  HistogramSeries(long seed) {
    random = new Random(seed);
    isGauge = random.nextInt(4) == 0;
    time = random.nextLong() >> random.nextInt(64);
    restart();
  }

  private void restart() {
    positive.clear();
    negative.clear();
    zeroCount = 0;
    count = 0;
    if (random.nextInt(4) == 0) {
      schema = HistogramSchema.CUSTOM;
      zeroThreshold = 0;
      double[] upper = new double[1 + random.nextInt(8)];
      double bound = random.nextInt(3) - 1;
      for (int i = 0; i < upper.length; i++) {
        bound += random.nextBoolean() ? 0.25 * (1 + random.nextInt(9)) : random.nextDouble() + 1e-9;
        upper[i] = bound;
      }
      bounds = CustomBounds.of(upper);
    } else {
      schema = random.nextInt(13) - 4;
      zeroThreshold = Math.scalb(1.0 + random.nextInt(2) * 0.5, -random.nextInt(300));
      bounds = CustomBounds.NONE;
    }
  }

  long time() {
    return time;
  }

  /** Goes on by a sample. */
  void step() {
    time += random.nextInt(5) > 0 ? 15_000 : random.nextLong() >> random.nextInt(64);
    count += random.nextInt(50);
    hint = isGauge ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN;
    switch (random.nextInt(25)) {
      case 0 -> restart();
      case 1 -> hint = CounterResetHint.values()[random.nextInt(4)];
      case 2 -> positive.replaceAll((index, count) -> count / 2);
      case 3 -> negative.keySet().removeIf(index -> random.nextBoolean());
      default -> {}
    }
    if (schema == HistogramSchema.CUSTOM) {
      grow(positive, 0, bounds.size() + 1);
    } else {
      grow(positive, -5, 12);
      grow(negative, -5, 12);
      zeroCount += random.nextInt(3);
    }
  }

  private void grow(SortedMap<Integer, Long> side, int from, int size) {
    side.replaceAll((index, count) -> count + (random.nextLong() >>> 8 + random.nextInt(56)));
    if (random.nextInt(4) == 0) {
      side.merge(from + random.nextInt(size), (long) random.nextInt(9), Long::sum);
    }
  }

  boolean isStaleNext() {
    return random.nextInt(30) == 0;
  }

  Histogram histogram(boolean isStale) {
    return new Histogram(
        hint,
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum(isStale),
        side(positive),
        side(negative),
        bounds);
  }

  FloatHistogram floatHistogram(boolean isStale) {
    return new FloatHistogram(
        hint,
        schema,
        zeroThreshold,
        zeroCount * 0.5,
        count * 0.25,
        sum(isStale),
        fractions(side(positive)),
        fractions(side(negative)),
        bounds);
  }

  private FloatBuckets fractions(IntegerBuckets buckets) {
    double[] counts = buckets.toFloat().counts();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = random.nextInt(200) == 0 ? Double.NaN : counts[i] * 0.125;
    }
    return new FloatBuckets(buckets.layout(), counts);
  }

  private double sum(boolean isStale) {
    if (isStale) {
      return StaleMarker.VALUE;
    }
    return random.nextInt(20) == 0
        ? SUMS[random.nextInt(SUMS.length)]
        : random.nextInt(10_000) * 0.1;
  }

  private static IntegerBuckets side(SortedMap<Integer, Long> side) {
    int[] indexes = side.keySet().stream().mapToInt(Integer::intValue).toArray();
    return IntegerBuckets.ofCounts(
        BucketLayout.ofIndexes(indexes, indexes.length),
        side.values().stream().mapToLong(Long::longValue).toArray());
  }
}
