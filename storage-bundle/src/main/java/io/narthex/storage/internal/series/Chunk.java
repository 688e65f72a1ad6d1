package io.narthex.storage.internal.series;

import io.narthex.storage.internal.chunk.ChunkReader;

/**
 * Samples of a series in one of upstream's encodings.
 *
 * @param encoding see {@link io.narthex.storage.internal.chunk.ChunkEncoder#encoding}
 * @param minTime time of the first sample
 * @param maxTime time of the last sample that counts
 * @param count how many of its samples count; the bytes may hold more
 * @param bytes not to be changed
 */
public record Chunk(int encoding, long minTime, long maxTime, int count, byte[] bytes) {
  private static final int OBJECT_BYTES = 64;

  /** About how much memory it takes. */
  public long memoryBytes() {
    return (long) OBJECT_BYTES + bytes.length;
  }

  /** Whether it has samples of this range. */
  public boolean overlaps(long from, long to) {
    return maxTime >= from && minTime <= to;
  }

  /** The same of which only the first samples count. */
  Chunk first(int samples) {
    return samples == count ? this : new Chunk(encoding, minTime, maxTime, samples, bytes);
  }

  /** Begins to read it. */
  public void readBy(ChunkReader reader) {
    reader.reset(encoding, bytes, count);
  }
}
