package io.narthex.api.model.histogram;

import io.narthex.api.error.NarthexException;

/** What both kinds of histogram have in common to be checked. */
final class HistogramChecks {
  private HistogramChecks() {}

  /** What must be right for a histogram to exist. */
  static void checkShape(
      int schema,
      double zeroThreshold,
      boolean hasZeroCount,
      BucketLayout positive,
      BucketLayout negative,
      CustomBounds bounds) {
    if (schema == HistogramSchema.CUSTOM) {
      checkCustom(zeroThreshold, hasZeroCount, positive, negative, bounds);
      return;
    }
    if (schema < HistogramSchema.MIN_KNOWN || schema > HistogramSchema.MAX) {
      throw new NarthexException(
          HistogramErrors.UNKNOWN_SCHEMA,
          "schema %d: it must be from %d to %d, or %d for custom bounds"
              .formatted(schema, HistogramSchema.MIN, HistogramSchema.MAX, HistogramSchema.CUSTOM));
    }
    if (!bounds.isEmpty()) {
      throw new NarthexException(
          HistogramErrors.UNEXPECTED_BOUNDS,
          "schema %d with %d custom bounds: only schema %d has any"
              .formatted(schema, bounds.size(), HistogramSchema.CUSTOM));
    }
  }

  private static void checkCustom(
      double zeroThreshold,
      boolean hasZeroCount,
      BucketLayout positive,
      BucketLayout negative,
      CustomBounds bounds) {
    if (positive.spanCount() > 0 && positive.firstIndex(0) < 0) {
      throw new NarthexException(
          HistogramErrors.SPAN_OFFSET,
          "the first span has the offset %d; with custom bounds an offset is 0 or more"
              .formatted(positive.firstIndex(0)));
    }
    if (positive.end() > bounds.size() + 1) {
      throw new NarthexException(
          HistogramErrors.BOUNDS_TOO_FEW,
          "%d custom bounds make %d buckets, but the spans %s reach to bucket %d"
              .formatted(bounds.size(), bounds.size() + 1, positive, positive.end()));
    }
    if (hasZeroCount) {
      throw new NarthexException(
          HistogramErrors.CUSTOM_ZERO_COUNT,
          "a histogram with custom bounds has no zero bucket; its zero count must be 0");
    }
    if (zeroThreshold != 0) {
      throw new NarthexException(
          HistogramErrors.CUSTOM_ZERO_THRESHOLD,
          "a histogram with custom bounds has no zero bucket; its zero threshold must be 0, got %s"
              .formatted(zeroThreshold));
    }
    if (negative.spanCount() > 0) {
      throw new NarthexException(
          HistogramErrors.CUSTOM_NEGATIVE_SIDE,
          "a histogram with custom bounds has all its buckets on the positive side, got the"
              + " negative spans %s".formatted(negative));
    }
  }

  /** That the schema is one that is stored. */
  static void checkSchema(int schema) {
    if (!HistogramSchema.isValid(schema)) {
      throw new NarthexException(
          HistogramErrors.INVALID_SCHEMA,
          "schema %d cannot be stored: it must be from %d to %d, or %d for custom bounds"
              .formatted(schema, HistogramSchema.MIN, HistogramSchema.MAX, HistogramSchema.CUSTOM));
    }
  }

  static NarthexException negativeBucket(
      String side, BucketLayout layout, int bucket, String count) {
    return new NarthexException(
        HistogramErrors.NEGATIVE_BUCKET,
        "bucket %d of %d on the %s side (index %d) counts %s; a bucket counts 0 or more"
            .formatted(bucket + 1, layout.buckets(), side, layout.indexAt(bucket), count));
  }

  /** How many steps lead from a schema to a coarser one, both exponential. */
  static int steps(int from, int to) {
    if (from == HistogramSchema.CUSTOM || to == HistogramSchema.CUSTOM) {
      throw new IllegalArgumentException(
          "custom bounds cannot be made coarser: schema %d to %d".formatted(from, to));
    }
    return from - to;
  }
}
