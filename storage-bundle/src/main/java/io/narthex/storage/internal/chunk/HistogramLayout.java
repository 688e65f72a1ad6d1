package io.narthex.storage.internal.chunk;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.histogram.BucketLayout;
import io.narthex.api.model.histogram.CustomBounds;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.HistogramSchema;
import io.narthex.api.model.histogram.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * What all histograms of a chunk have in common; it begins the chunk, after the header (upstream:
 * {@code tsdb/chunkenc/histogram_meta.go}).
 *
 * <pre>
 * layout         --> threshold, schema (signed), spans (positive), spans (negative), bounds?
 * threshold      --> 0 (8 bits): 0
 *                  | 1..254 (8 bits): 2 to the power of that less 244
 *                  | 255 (8 bits), bits of the double (64)
 * spans          --> how many (unsigned), (length (unsigned), offset (signed))*
 * bounds         --> how many (unsigned), bound*         only with schema -53
 * bound          --> 1000 * bound + 1 (unsigned)         where whole and at most 33554431
 *                  | 0 (1 bit), bits of the double (64)
 * signed, unsigned as in {@link BitWriter}
 * </pre>
 *
 * @param schema as in the chunk, which a newer version may have written: more than {@link
 *     HistogramSchema#MAX} is possible
 */
record HistogramLayout(
    int schema,
    double zeroThreshold,
    BucketLayout positive,
    BucketLayout negative,
    CustomBounds bounds) {
  /** Of a chunk that begins with a stale marker. */
  static final HistogramLayout EMPTY =
      new HistogramLayout(0, 0, BucketLayout.EMPTY, BucketLayout.EMPTY, CustomBounds.NONE);

  private static final int RAW_THRESHOLD = 255;
  private static final int MANTISSA_BITS = 52;

  /** What is added to a power of two's exponent, in IEEE 754's form, to give its byte. */
  private static final int THRESHOLD_BIAS = 244 - 1023;

  private static final double MAX_SHORT_BOUND = 33_554_430;

  static HistogramLayout of(Histogram h) {
    return new HistogramLayout(
        h.schema(), h.zeroThreshold(), h.positive().layout(), h.negative().layout(), h.bounds());
  }

  static HistogramLayout of(FloatHistogram h) {
    return new HistogramLayout(
        h.schema(), h.zeroThreshold(), h.positive().layout(), h.negative().layout(), h.bounds());
  }

  HistogramLayout withBuckets(BucketLayout newPositive, BucketLayout newNegative) {
    return new HistogramLayout(schema, zeroThreshold, newPositive, newNegative, bounds);
  }

  /** Whether the schema is the same and the zero bucket as wide. */
  boolean hasWidthsOf(int otherSchema, double otherThreshold) {
    return schema == otherSchema && zeroThreshold == otherThreshold;
  }

  void write(BitWriter out) {
    writeThreshold(out);
    out.writeSigned(schema);
    writeSpans(out, positive);
    writeSpans(out, negative);
    if (schema == HistogramSchema.CUSTOM) {
      out.writeUnsigned(bounds.size());
      for (int i = 0; i < bounds.size(); i++) {
        writeBound(out, bounds.bound(i));
      }
    }
  }

  private void writeThreshold(BitWriter out) {
    long bits = Double.doubleToRawLongBits(zeroThreshold);
    // With a sign, or subnormal, the number leaves the range below.
    long code = (bits >>> MANTISSA_BITS) + THRESHOLD_BIAS;
    boolean isPowerOfTwo = bits << (64 - MANTISSA_BITS) == 0;
    if (bits == 0) {
      out.write(0, 8);
    } else if (isPowerOfTwo && code >= 1 && code < RAW_THRESHOLD) {
      out.write(code, 8);
    } else {
      out.write(RAW_THRESHOLD, 8);
      out.write(bits, 64);
    }
  }

  private static void writeSpans(BitWriter out, BucketLayout layout) {
    List<Span> spans = layout.spans();
    out.writeUnsigned(spans.size());
    for (Span span : spans) {
      out.writeUnsigned(span.length());
      out.writeSigned(span.offset());
    }
  }

  private static void writeBound(BitWriter out, double bound) {
    double thousands = bound * 1000;
    long whole = Math.round(thousands);
    if (thousands >= 0 && thousands <= MAX_SHORT_BOUND && whole / 1000.0 == bound) {
      out.writeUnsigned(whole + 1);
    } else {
      out.write(0, 1);
      out.write(Double.doubleToRawLongBits(bound), 64);
    }
  }

  /**
   * Reads a layout.
   *
   * @param bitsPerBucket how many bits a bucket has at least in the first sample, so that damaged
   *     spans do not ask for more memory than the chunk can fill
   */
  static HistogramLayout read(BitReader in, int bitsPerBucket) {
    double zeroThreshold = readThreshold(in);
    long schema = in.readSigned();
    if (schema != (int) schema || !HistogramSchema.isKnown((int) schema)) {
      throw new BadChunkException(
          "histograms of schema %d; known are %d to %d, and %d for custom bounds"
              .formatted(
                  schema,
                  HistogramSchema.MIN_KNOWN,
                  HistogramSchema.MAX_KNOWN,
                  HistogramSchema.CUSTOM));
    }
    List<Span> positive = readSpans(in);
    List<Span> negative = readSpans(in);
    try {
      CustomBounds bounds = schema == HistogramSchema.CUSTOM ? readBounds(in) : CustomBounds.NONE;
      HistogramLayout layout =
          new HistogramLayout(
              (int) schema,
              zeroThreshold,
              BucketLayout.of(positive),
              BucketLayout.of(negative),
              bounds);
      layout.checkRoom(in, bitsPerBucket);
      return layout;
    } catch (NarthexException e) {
      throw new BadChunkException("the layout of the histograms is wrong: " + e.getMessage(), e);
    }
  }

  private void checkRoom(BitReader in, int bitsPerBucket) {
    long buckets = (long) positive.buckets() + negative.buckets();
    if (buckets * bitsPerBucket > in.remaining()) {
      throw new BadChunkException(
          "%d buckets, for which the %d bits that are left have no room"
              .formatted(buckets, in.remaining()));
    }
  }

  private static double readThreshold(BitReader in) {
    int code = (int) in.read(8);
    return switch (code) {
      case 0 -> 0;
      case RAW_THRESHOLD -> Double.longBitsToDouble(in.read(64));
      default -> Double.longBitsToDouble((long) (code - THRESHOLD_BIAS) << MANTISSA_BITS);
    };
  }

  private static List<Span> readSpans(BitReader in) {
    // A span has two bits at least.
    int count = readCount(in, 2, "spans");
    List<Span> spans = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long length = in.readUnsigned();
      long offset = in.readSigned();
      if (length < 0 || length > Integer.MAX_VALUE || offset != (int) offset) {
        throw new BadChunkException(
            "a span of %s buckets after a gap of %d; both are numbers of 32 bits"
                .formatted(Long.toUnsignedString(length), offset));
      }
      spans.add(new Span((int) offset, (int) length));
    }
    return spans;
  }

  private static CustomBounds readBounds(BitReader in) {
    // A bound has five bits at least, a 1 and what follows it.
    double[] bounds = new double[readCount(in, 5, "custom bounds")];
    for (int i = 0; i < bounds.length; i++) {
      long code = in.readUnsigned();
      bounds[i] = code == 0 ? Double.longBitsToDouble(in.read(64)) : (double) (code - 1) / 1000;
    }
    return CustomBounds.of(bounds);
  }

  private static int readCount(BitReader in, int bitsEach, String what) {
    long count = in.readUnsigned();
    if (count < 0 || count > in.remaining() / bitsEach) {
      throw new BadChunkException(
          "%s %s, for which the %d bits that are left have no room"
              .formatted(Long.toUnsignedString(count), what, in.remaining()));
    }
    return (int) count;
  }
}
