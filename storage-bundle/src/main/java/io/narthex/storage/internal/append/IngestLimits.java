package io.narthex.storage.internal.append;

/**
 * What is let in.
 *
 * @param retentionMillis samples older than this are refused
 * @param futureMillis samples further in the future than this are refused
 * @param headBytes above this the head takes no new series
 */
public record IngestLimits(long retentionMillis, long futureMillis, long headBytes) {
  /** Upstream's scrape loop has the same limit on the future. */
  public static final long FUTURE_MILLIS = 10 * 60 * 1000;

  /** Rejects limits that let nothing in. */
  public IngestLimits {
    if (retentionMillis <= 0 || futureMillis < 0 || headBytes <= 0) {
      throw new IllegalArgumentException(
          "retention, future and head size must be positive, got %d ms, %d ms, %d bytes"
              .formatted(retentionMillis, futureMillis, headBytes));
    }
  }
}
