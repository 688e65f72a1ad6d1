package io.narthex.storage.internal.query;

import io.narthex.api.storage.SampleCursor;
import io.narthex.storage.internal.chunk.XorDecoder;
import io.narthex.storage.internal.series.Chunk;

/** Reads the samples of one series after the other from their chunks. */
final class ChunkCursor implements SampleCursor {
  private static final Chunk[] NONE = {};
  private static final byte[] NOTHING = {};

  private final long minTime;
  private final long maxTime;
  private final Runnable check;
  private final XorDecoder decoder = new XorDecoder();
  private Chunk[] chunks = NONE;
  private int next;

  ChunkCursor(long minTime, long maxTime, Runnable check) {
    this.minTime = minTime;
    this.maxTime = maxTime;
    this.check = check;
  }

  void reset(Chunk[] of) {
    chunks = of;
    next = 0;
    decoder.reset(NOTHING, 0);
  }

  @Override
  public int read(long[] timestamps, double[] values, int offset, int length) {
    check.run();
    int n = 0;
    while (n < length) {
      if (decoder.remaining() == 0) {
        if (next == chunks.length) {
          break;
        }
        decoder.reset(chunks[next].bytes(), chunks[next].count());
        next++;
        continue;
      }
      decoder.next();
      long time = decoder.time();
      if (time > maxTime) {
        end();
        break;
      }
      if (time >= minTime) {
        timestamps[offset + n] = time;
        values[offset + n] = decoder.value();
        n++;
      }
    }
    return n == 0 && length > 0 ? -1 : n;
  }

  private void end() {
    next = chunks.length;
    decoder.reset(NOTHING, 0);
  }
}
