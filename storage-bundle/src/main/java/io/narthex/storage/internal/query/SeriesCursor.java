package io.narthex.storage.internal.query;

import io.narthex.api.storage.SampleCursor;
import io.narthex.storage.internal.series.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * Reads the samples of one series after the other: those in rows, those in chunks, or both merged
 * by time.
 */
final class SeriesCursor implements SampleCursor {
  private static final int MERGED = 128;

  private final RowReader rows;
  private final ChunkCursor chunks;
  private final ReadGuard guard;
  private boolean hasRows;
  private boolean hasChunks;
  private final Ahead fromRows = new Ahead();
  private final Ahead fromChunks = new Ahead();

  SeriesCursor(long mark, long minTime, long maxTime, ReadGuard guard) {
    this.rows = new RowReader(mark, minTime, maxTime);
    this.chunks = new ChunkCursor(minTime, maxTime, guard::check);
    this.guard = guard;
  }

  /** Samples that were read to be merged; allocated when they are needed. */
  private static final class Ahead {
    long[] times = {};
    double[] values = {};
    int at;
    int size;

    void clear() {
      at = 0;
      size = 0;
    }

    void allocate() {
      if (times.length == 0) {
        times = new long[MERGED];
        values = new double[MERGED];
      }
    }
  }

  void reset(@Nullable PanelRows inRows, int slot, Chunk[] loose) {
    rows.reset(inRows, slot);
    chunks.reset(loose);
    hasRows = inRows != null;
    hasChunks = loose.length > 0;
    fromRows.clear();
    fromChunks.clear();
  }

  @Override
  public int read(long[] timestamps, double[] values, int offset, int length) {
    guard.enter();
    try {
      return readGuarded(timestamps, values, offset, length);
    } finally {
      guard.exit();
    }
  }

  private int readGuarded(long[] timestamps, double[] values, int offset, int length) {
    if (hasRows && hasChunks) {
      return merge(timestamps, values, offset, length);
    }
    if (!hasRows) {
      return chunks.read(timestamps, values, offset, length);
    }
    int n = rows.read(timestamps, values, offset, length);
    return n == 0 && length > 0 ? -1 : n;
  }

  private int merge(long[] timestamps, double[] values, int offset, int length) {
    int n = 0;
    while (n < length) {
      Ahead next = next();
      if (next == null) {
        return n == 0 ? -1 : n;
      }
      timestamps[offset + n] = next.times[next.at];
      values[offset + n++] = next.values[next.at++];
    }
    return n;
  }

  /** Where the next sample is. */
  private @Nullable Ahead next() {
    if (fromRows.at == fromRows.size) {
      fromRows.allocate();
      fromRows.clear();
      fromRows.size = rows.read(fromRows.times, fromRows.values, 0, MERGED);
    }
    if (fromChunks.at == fromChunks.size) {
      fromChunks.allocate();
      fromChunks.clear();
      fromChunks.size = Math.max(0, chunks.read(fromChunks.times, fromChunks.values, 0, MERGED));
    }
    boolean row = fromRows.at < fromRows.size;
    boolean chunk = fromChunks.at < fromChunks.size;
    if (!row && !chunk) {
      return null;
    }
    if (row && chunk) {
      return fromRows.times[fromRows.at] <= fromChunks.times[fromChunks.at] ? fromRows : fromChunks;
    }
    return row ? fromRows : fromChunks;
  }
}
