package io.narthex.storage.internal.append;

/**
 * What is let in.
 *
 * @param retentionMillis samples older than this are refused
 * @param futureMillis samples further in the future than this are refused
 * @param headBytes above this the head takes no new series
 * @param syncsEachCommit whether a commit is on the disk when it is acknowledged, not only safe
 *     from the death of the process
 */
public record IngestLimits(
    long retentionMillis, long futureMillis, long headBytes, boolean syncsEachCommit) {
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

  /** Limits without a sync for each commit. */
  public IngestLimits(long retentionMillis, long futureMillis, long headBytes) {
    this(retentionMillis, futureMillis, headBytes, false);
  }
}
