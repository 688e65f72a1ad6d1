package io.narthex.storage.internal.document;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.histogram.CounterResetHint;
import io.narthex.api.model.histogram.FloatBuckets;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.IntegerBuckets;
import io.narthex.api.model.histogram.NativeHistogram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The histograms of one record, of which many have the same buckets.
 *
 * <pre>
 * body    --> 00, shape, counts | 01: a stale marker | uvarint 1 + i: the i-th shape of the record, counts
 * counts  --> uvarint count, uvarint zero count, value (sum), zigzag^k                    whole numbers
 *           | value (count), value (zero count), value (sum), value^k                     floats
 * </pre>
 *
 * <p>There are as many numbers as the shape has buckets, the positive ones first: of whole numbers
 * the first bucket's count, then the difference of each to the one before, on each side anew; of
 * floats the counts. The base of the sum and of a count of all is 0, that of the zero count and of
 * each side's first bucket too, that of another bucket is the bucket before. To be used again and
 * again, by one thread, to write or to read.
 */
final class HistogramRecord {
  private static final int SHAPE_FOLLOWS = 0;
  private static final int STALE = 1;

  private static final CounterResetHint[] HINTS = CounterResetHint.values();

  private final Map<HistogramShape, Integer> numbers = new HashMap<>();
  private final List<HistogramShape> shapes = new ArrayList<>();

  /** Another record begins. */
  void clear() {
    numbers.clear();
    shapes.clear();
  }

  /** What the lowest three bits of a histogram's head say, moved up by one. */
  static int flags(NativeHistogram h) {
    int isFloat = h instanceof FloatHistogram ? 1 : 0;
    return (h.isStale() ? 0 : h.resetHint().ordinal()) << 2 | isFloat << 1;
  }

  void write(ByteWriter out, NativeHistogram h) {
    if (h.isStale()) {
      out.u8(STALE);
      return;
    }
    HistogramShape shape = HistogramShape.of(h);
    Integer known = numbers.putIfAbsent(shape, numbers.size() + 1);
    if (known == null) {
      out.u8(SHAPE_FOLLOWS);
      shape.write(out);
    } else {
      out.uvarint(1L + known);
    }
    switch (h) {
      case Histogram whole -> writeCounts(out, whole);
      case FloatHistogram floats -> writeCounts(out, floats);
    }
  }

  private static void writeCounts(ByteWriter out, Histogram h) {
    out.uvarint(h.count());
    out.uvarint(h.zeroCount());
    out.value(Double.doubleToRawLongBits(h.sum()));
    write(out, h.positive().deltas());
    write(out, h.negative().deltas());
  }

  private static void write(ByteWriter out, long[] deltas) {
    for (long delta : deltas) {
      out.zigzag(delta);
    }
  }

  private static void writeCounts(ByteWriter out, FloatHistogram h) {
    out.value(Double.doubleToRawLongBits(h.count()));
    out.value(Double.doubleToRawLongBits(h.zeroCount()));
    out.value(Double.doubleToRawLongBits(h.sum()));
    write(out, h.positive().counts());
    write(out, h.negative().counts());
  }

  private static void write(ByteWriter out, double[] counts) {
    long before = 0;
    for (double count : counts) {
      long bits = Double.doubleToRawLongBits(count);
      out.value(bits ^ before);
      before = bits;
    }
  }

  /** Reads a histogram. */
  NativeHistogram read(ByteReader in, int flags) {
    boolean isFloat = (flags & 2) != 0;
    CounterResetHint hint = HINTS[flags >>> 2 & 3];
    long number = in.uvarint();
    if (number == STALE) {
      return isFloat ? FloatHistogram.STALE : Histogram.STALE;
    }
    HistogramShape shape = number == SHAPE_FOLLOWS ? next(in) : known(number);
    requireRoom(in, shape);
    try {
      return isFloat ? floats(in, hint, shape) : whole(in, hint, shape);
    } catch (NarthexException e) {
      throw new BadDocumentException("a histogram is wrong: " + e.getMessage());
    }
  }

  private HistogramShape next(ByteReader in) {
    HistogramShape shape = HistogramShape.read(in);
    shapes.add(shape);
    return shape;
  }

  private HistogramShape known(long number) {
    if (number < 0 || number > shapes.size() + 1L) {
      throw new BadDocumentException(
          "shape %s of the %d that were written out"
              .formatted(Long.toUnsignedString(number - 1), shapes.size()));
    }
    return shapes.get((int) number - 2);
  }

  private static void requireRoom(ByteReader in, HistogramShape shape) {
    long buckets = (long) shape.positive.buckets() + shape.negative.buckets();
    if (buckets > in.remaining()) {
      throw new BadDocumentException("%d buckets in %d bytes".formatted(buckets, in.remaining()));
    }
  }

  private static Histogram whole(ByteReader in, CounterResetHint hint, HistogramShape shape) {
    long count = in.uvarint();
    long zeroCount = in.uvarint();
    double sum = Double.longBitsToDouble(in.value());
    return new Histogram(
        hint,
        shape.schema,
        shape.zeroThreshold,
        zeroCount,
        count,
        sum,
        new IntegerBuckets(shape.positive, deltas(in, shape.positive.buckets())),
        new IntegerBuckets(shape.negative, deltas(in, shape.negative.buckets())),
        shape.bounds);
  }

  private static long[] deltas(ByteReader in, int n) {
    long[] deltas = new long[n];
    for (int i = 0; i < n; i++) {
      deltas[i] = in.zigzag();
    }
    return deltas;
  }

  private static FloatHistogram floats(ByteReader in, CounterResetHint hint, HistogramShape shape) {
    double count = Double.longBitsToDouble(in.value());
    double zeroCount = Double.longBitsToDouble(in.value());
    double sum = Double.longBitsToDouble(in.value());
    return new FloatHistogram(
        hint,
        shape.schema,
        shape.zeroThreshold,
        zeroCount,
        count,
        sum,
        new FloatBuckets(shape.positive, counts(in, shape.positive.buckets())),
        new FloatBuckets(shape.negative, counts(in, shape.negative.buckets())),
        shape.bounds);
  }

  private static double[] counts(ByteReader in, int n) {
    double[] counts = new double[n];
    long bits = 0;
    for (int i = 0; i < n; i++) {
      bits ^= in.value();
      counts[i] = Double.longBitsToDouble(bits);
    }
    return counts;
  }
}
