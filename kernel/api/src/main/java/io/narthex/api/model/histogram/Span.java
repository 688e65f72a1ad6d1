package io.narthex.api.model.histogram;

import io.narthex.api.error.NarthexException;

/**
 * A run of buckets that follow each other.
 *
 * @param offset the first span's: the index of its first bucket, which may be negative; a later
 *     span's: how many buckets lie between it and the end of the span before
 * @param length how many buckets; none is allowed
 */
public record Span(int offset, int length) {
  /** Rejects a negative length. */
  public Span {
    if (length < 0) {
      throw new NarthexException(
          HistogramErrors.SPAN_LENGTH,
          "a span of %d buckets: its length must be from 0 to %d"
              .formatted(length, Integer.MAX_VALUE));
    }
  }

  /** The form {@code offset:length}. */
  @Override
  public String toString() {
    return offset + ":" + length;
  }
}
