package io.narthex.storage.internal.head;

/**
 * The head in numbers.
 *
 * @param minTime time of the oldest sample, or {@link Long#MAX_VALUE}
 * @param maxTime time of the newest sample, or {@link Long#MIN_VALUE}
 * @param seriesBytes about how much memory the series take, their samples left out
 * @param chunkBytes about how much memory the samples take
 */
public record HeadStats(
    int series, long chunks, long minTime, long maxTime, long seriesBytes, long chunkBytes) {
  /** About how much memory it takes. */
  public long bytes() {
    return seriesBytes + chunkBytes;
  }
}
