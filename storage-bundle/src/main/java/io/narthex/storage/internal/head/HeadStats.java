package io.narthex.storage.internal.head;

/**
 * The head in numbers.
 *
 * @param minTime time of the oldest sample, or {@link Long#MAX_VALUE}
 * @param maxTime time of the newest sample, or {@link Long#MIN_VALUE}
 * @param bytes about how much memory it takes
 */
public record HeadStats(int series, long chunks, long minTime, long maxTime, long bytes) {}
