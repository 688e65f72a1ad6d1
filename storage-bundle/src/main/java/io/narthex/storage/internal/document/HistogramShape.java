package io.narthex.storage.internal.document;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.histogram.BucketLayout;
import io.narthex.api.model.histogram.CustomBounds;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.HistogramSchema;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.model.histogram.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Which buckets a histogram has: what many histograms of a commit have in common.
 *
 * <pre>
 * shape  --> zigzag schema, value (threshold), spans (positive), spans (negative), bounds?
 * spans  --> uvarint n, (zigzag offset, uvarint length)^n
 * bounds --> uvarint n, value^n                    only with schema -53
 * </pre>
 *
 * <p>The base of the threshold and of the first bound is 0, that of another the bound before.
 */
final class HistogramShape {
  final int schema;
  final double zeroThreshold;
  final BucketLayout positive;
  final BucketLayout negative;
  final CustomBounds bounds;

  private HistogramShape(
      int schema,
      double zeroThreshold,
      BucketLayout positive,
      BucketLayout negative,
      CustomBounds bounds) {
    this.schema = schema;
    this.zeroThreshold = zeroThreshold;
    this.positive = positive;
    this.negative = negative;
    this.bounds = bounds;
  }

  static HistogramShape of(NativeHistogram of) {
    return switch (of) {
      case Histogram h -> of(h, h.positive().layout(), h.negative().layout());
      case FloatHistogram h -> of(h, h.positive().layout(), h.negative().layout());
    };
  }

  private static HistogramShape of(
      NativeHistogram h, BucketLayout positive, BucketLayout negative) {
    return new HistogramShape(h.schema(), h.zeroThreshold(), positive, negative, h.bounds());
  }

  void write(ByteWriter out) {
    out.zigzag(schema);
    out.value(Double.doubleToRawLongBits(zeroThreshold));
    write(out, positive.spans());
    write(out, negative.spans());
    if (schema == HistogramSchema.CUSTOM) {
      out.uvarint(bounds.size());
      long before = 0;
      for (int i = 0; i < bounds.size(); i++) {
        long bits = Double.doubleToRawLongBits(bounds.bound(i));
        out.value(bits ^ before);
        before = bits;
      }
    }
  }

  private static void write(ByteWriter out, List<Span> spans) {
    out.uvarint(spans.size());
    for (Span span : spans) {
      out.zigzag(span.offset());
      out.uvarint(span.length());
    }
  }

  static HistogramShape read(ByteReader in) {
    long schema = in.zigzag();
    if (schema != (int) schema) {
      throw new BadDocumentException("a histogram of the schema %d".formatted(schema));
    }
    double threshold = Double.longBitsToDouble(in.value());
    List<Span> positive = spans(in);
    List<Span> negative = spans(in);
    try {
      return new HistogramShape(
          (int) schema,
          threshold,
          BucketLayout.of(positive),
          BucketLayout.of(negative),
          schema == HistogramSchema.CUSTOM ? bounds(in) : CustomBounds.NONE);
    } catch (NarthexException e) {
      throw new BadDocumentException("a histogram is wrong: " + e.getMessage());
    }
  }

  private static List<Span> spans(ByteReader in) {
    int n = in.count("spans");
    List<Span> spans = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      long offset = in.zigzag();
      long length = in.uvarint();
      if (offset != (int) offset || length < 0 || length > Integer.MAX_VALUE) {
        throw new BadDocumentException(
            "a span of %s buckets after a gap of %d"
                .formatted(Long.toUnsignedString(length), offset));
      }
      spans.add(new Span((int) offset, (int) length));
    }
    return spans;
  }

  private static CustomBounds bounds(ByteReader in) {
    double[] bounds = new double[in.count("bounds")];
    long bits = 0;
    for (int i = 0; i < bounds.length; i++) {
      bits ^= in.value();
      bounds[i] = Double.longBitsToDouble(bits);
    }
    return CustomBounds.of(bounds);
  }

  /** Whether both are written alike: spans without buckets count too. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof HistogramShape that
            && schema == that.schema
            && Double.doubleToRawLongBits(zeroThreshold)
                == Double.doubleToRawLongBits(that.zeroThreshold)
            && positive.spans().equals(that.positive.spans())
            && negative.spans().equals(that.negative.spans())
            && bounds.equals(that.bounds));
  }

  @Override
  public int hashCode() {
    return 31 * (31 * positive.spans().hashCode() + negative.spans().hashCode())
        + bounds.hashCode();
  }
}
