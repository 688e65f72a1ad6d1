package io.narthex.storage.internal.series;

import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.storage.internal.chunk.ChunkEncoder;
import io.narthex.storage.internal.chunk.FloatHistogramEncoder;
import io.narthex.storage.internal.chunk.HistogramEncoder;
import io.narthex.storage.internal.chunk.XorEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The chunk that a series' next sample goes into. A sample of another kind begins another, and so
 * does a histogram that cannot stand in one chunk with those before it.
 */
final class OpenChunk {
  /** Upstream's aim for chunks of histograms, and how many it puts into one at least. */
  private static final int HISTOGRAM_BYTES = 1024;

  private static final int FEWEST_HISTOGRAMS = 10;

  private @Nullable ChunkEncoder encoder;
  private long minTime;
  private long maxTime;

  /** Adds a sample; gives the chunk before, if this one begins another. */
  @Nullable Chunk append(long time, long bits) {
    double value = Double.longBitsToDouble(bits);
    if (encoder instanceof XorEncoder floats && floats.count() < XorEncoder.SAMPLES_PER_CHUNK) {
      floats.append(time, value);
      maxTime = time;
      return null;
    }
    XorEncoder next = new XorEncoder();
    next.append(time, value);
    return replace(next, time);
  }

  /** Adds a sample; gives the chunk before, if this one begins another. */
  @Nullable Chunk append(long time, NativeHistogram sample) {
    ChunkEncoder before = encoder;
    ChunkEncoder next =
        switch (sample) {
          case Histogram whole -> append(before, time, whole);
          case FloatHistogram floats -> append(before, time, floats);
        };
    if (next == before) {
      maxTime = time;
      return null;
    }
    return replace(next, time);
  }

  private static ChunkEncoder append(@Nullable ChunkEncoder to, long time, Histogram sample) {
    if (to instanceof HistogramEncoder open) {
      return isFull(open) ? open.cut(time, sample) : open.append(time, sample);
    }
    return HistogramEncoder.begin(time, sample);
  }

  private static ChunkEncoder append(@Nullable ChunkEncoder to, long time, FloatHistogram sample) {
    if (to instanceof FloatHistogramEncoder open) {
      return isFull(open) ? open.cut(time, sample) : open.append(time, sample);
    }
    return FloatHistogramEncoder.begin(time, sample);
  }

  private static boolean isFull(ChunkEncoder chunk) {
    return chunk.count() >= XorEncoder.SAMPLES_PER_CHUNK
        || chunk.count() >= FEWEST_HISTOGRAMS && chunk.length() >= HISTOGRAM_BYTES;
  }

  private @Nullable Chunk replace(ChunkEncoder next, long time) {
    Chunk before = toChunk();
    encoder = next;
    minTime = time;
    maxTime = time;
    return before;
  }

  /** A copy of it; null if it has no samples. */
  @Nullable Chunk toChunk() {
    ChunkEncoder chunk = encoder;
    return chunk == null
        ? null
        : new Chunk(chunk.encoding(), minTime, maxTime, chunk.count(), chunk.toByteArray());
  }

  /** The first samples of it, as a reader may see them while more are added. */
  @Nullable Chunk view(long samples) {
    ChunkEncoder chunk = encoder;
    return chunk == null
        ? null
        : new Chunk(
            chunk.encoding(),
            minTime,
            maxTime,
            (int) Math.min(samples, chunk.count()),
            chunk.bytes());
  }

  void clear() {
    encoder = null;
  }

  boolean isEmpty() {
    return encoder == null;
  }

  int count() {
    ChunkEncoder chunk = encoder;
    return chunk == null ? 0 : chunk.count();
  }

  long minTime() {
    return minTime;
  }

  /** How many bytes its array has. */
  int capacity() {
    ChunkEncoder chunk = encoder;
    return chunk == null ? 0 : chunk.capacity();
  }
}
