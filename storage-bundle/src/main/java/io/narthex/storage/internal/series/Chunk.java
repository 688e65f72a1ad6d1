package io.narthex.storage.internal.series;

/**
 * Samples of a series in the form of {@link io.narthex.storage.internal.chunk.XorEncoder}.
 *
 * @param minTime time of the first sample
 * @param maxTime time of the last sample that counts
 * @param count how many of its samples count; the bytes may hold more
 * @param bytes not to be changed
 */
public record Chunk(long minTime, long maxTime, int count, byte[] bytes) {
  private static final int OBJECT_BYTES = 64;

  /** About how much memory it takes. */
  public long memoryBytes() {
    return (long) OBJECT_BYTES + bytes.length;
  }
}
