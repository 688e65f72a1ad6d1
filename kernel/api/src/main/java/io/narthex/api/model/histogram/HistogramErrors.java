package io.narthex.api.model.histogram;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;

/**
 * What can be wrong with a histogram. Each code but the first two stands for one of the errors that
 * upstream names in {@code model/histogram/generic.go}.
 */
public final class HistogramErrors {
  /** A span has a negative length. */
  public static final ErrorCode SPAN_LENGTH = bad("span-length");

  /** A bucket's index needs more than 32 bits. */
  public static final ErrorCode INDEX_RANGE = bad("index-range");

  /** A span begins before the end of the one before it. */
  public static final ErrorCode SPAN_OFFSET = bad("span-offset");

  /** The spans name more or fewer buckets than there are. */
  public static final ErrorCode SPAN_BUCKETS = bad("span-buckets");

  /** The schema has no meaning. */
  public static final ErrorCode UNKNOWN_SCHEMA = bad("unknown-schema");

  /** The schema has a meaning, but is not one that is stored. */
  public static final ErrorCode INVALID_SCHEMA = bad("invalid-schema");

  /** An exponential schema with custom bounds. */
  public static final ErrorCode UNEXPECTED_BOUNDS = bad("unexpected-bounds");

  /** Custom bounds are not in strictly rising order. */
  public static final ErrorCode BOUNDS_ORDER = bad("bounds-order");

  /** A custom bound is not a number. */
  public static final ErrorCode BOUNDS_NAN = bad("bounds-nan");

  /** The last custom bound is +Inf, which is meant without being said. */
  public static final ErrorCode BOUNDS_INFINITE = bad("bounds-infinite");

  /** There are buckets beyond the last custom bound. */
  public static final ErrorCode BOUNDS_TOO_FEW = bad("bounds-too-few");

  /** Custom bounds and observations in a zero bucket. */
  public static final ErrorCode CUSTOM_ZERO_COUNT = bad("custom-zero-count");

  /** Custom bounds and a zero bucket that has a width. */
  public static final ErrorCode CUSTOM_ZERO_THRESHOLD = bad("custom-zero-threshold");

  /** Custom bounds and buckets on the negative side. */
  public static final ErrorCode CUSTOM_NEGATIVE_SIDE = bad("custom-negative-side");

  /** The count of all observations is negative. */
  public static final ErrorCode NEGATIVE_COUNT = bad("negative-count");

  /** A bucket's count is negative. */
  public static final ErrorCode NEGATIVE_BUCKET = bad("negative-bucket");

  /** The buckets do not add up to the count. */
  public static final ErrorCode COUNT_MISMATCH = bad("count-mismatch");

  /** The buckets hold more than the count, of a histogram that saw NaN. */
  public static final ErrorCode COUNT_TOO_SMALL = bad("count-too-small");

  private HistogramErrors() {}

  private static ErrorCode bad(String name) {
    return new ErrorCode("histogram/" + name, ErrorKind.BAD_DATA);
  }
}
