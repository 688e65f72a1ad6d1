package io.narthex.storage.internal.series;

import io.narthex.storage.internal.chunk.XorEncoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a series that did not come in rows: in chunks of the series' own.
 *
 * <p>Changed only under the head's write lock, read under its read lock.
 *
 * <p><b>Isolation.</b> A reader that opened at commit {@code s} sees the first {@code n} samples,
 * those of commits up to {@code s}. While such a reader is open and the samples grow, {@link
 * #history} keeps what it needs; without open readers nothing is kept.
 */
public final class LooseSamples {
  /** About what this object and that of its open chunk take. */
  static final int BYTES = 150;

  private static final Chunk[] NONE = {};

  private Chunk[] closed = NONE;
  private int closedCount;
  private @Nullable XorEncoder open;
  private long openMinTime;
  private long lastTime = Long.MIN_VALUE;
  private long lastBits;

  private long appended;
  private long dropped;
  private long lastCommit;
  private @Nullable VisibleHistory history;

  LooseSamples() {}

  /** Time of the newest sample, or {@link Long#MIN_VALUE}. */
  public long lastTime() {
    return lastTime;
  }

  /** The bits of the newest sample. */
  public long lastBits() {
    return lastBits;
  }

  /**
   * Appends a sample that is newer than its last.
   *
   * @param oldestReader the commit at which the oldest open reader opened, or {@link
   *     Long#MAX_VALUE}
   * @return by how many bytes it grew
   */
  public long append(long time, long bits, long commit, long oldestReader) {
    remember(commit, oldestReader);
    long grown = 0;
    XorEncoder chunk = open;
    if (chunk == null || chunk.count() == XorEncoder.SAMPLES_PER_CHUNK) {
      grown += chunk == null ? 0 : close(chunk);
      chunk = new XorEncoder();
      open = chunk;
      openMinTime = time;
      grown += chunk.capacity();
    }
    int before = chunk.capacity();
    chunk.append(time, Double.longBitsToDouble(bits));
    lastTime = time;
    lastBits = bits;
    appended++;
    return grown + chunk.capacity() - before;
  }

  private long close(XorEncoder chunk) {
    if (closedCount == closed.length) {
      closed = Arrays.copyOf(closed, Math.max(2, closedCount + closedCount / 2));
    }
    Chunk done = new Chunk(openMinTime, lastTime, chunk.count(), chunk.toByteArray());
    closed[closedCount++] = done;
    return done.memoryBytes() - chunk.capacity();
  }

  private void remember(long commit, long oldestReader) {
    if (oldestReader >= lastCommit) {
      history = null;
    }
    if (commit != lastCommit && oldestReader != Long.MAX_VALUE) {
      VisibleHistory kept = history == null ? new VisibleHistory() : history;
      kept.add(lastCommit, appended, oldestReader);
      history = kept;
    }
    lastCommit = commit;
  }

  private long visibleAt(long mark) {
    if (lastCommit <= mark) {
      return appended;
    }
    return history == null ? 0 : history.at(mark);
  }

  /**
   * The chunks with samples in the time range that a reader of this mark sees; the last may be cut
   * short.
   */
  public Chunk[] chunks(long mark, long minTime, long maxTime) {
    long visible = visibleAt(mark) - dropped;
    Chunk[] result = new Chunk[closedCount + 1];
    int n = 0;
    for (int i = 0; i < closedCount && visible > 0; i++) {
      Chunk chunk = closed[i];
      if (chunk.maxTime() >= minTime && chunk.minTime() <= maxTime) {
        int count = (int) Math.min(visible, chunk.count());
        result[n++] = new Chunk(chunk.minTime(), chunk.maxTime(), count, chunk.bytes());
      }
      visible -= chunk.count();
    }
    XorEncoder last = open;
    if (last != null && visible > 0 && lastTime >= minTime && openMinTime <= maxTime) {
      result[n++] =
          new Chunk(openMinTime, lastTime, (int) Math.min(visible, last.count()), last.bytes());
    }
    return n == result.length ? result : Arrays.copyOf(result, n);
  }

  /** Whether {@link #chunks} has any. */
  public boolean hasChunks(long mark, long minTime, long maxTime) {
    long visible = visibleAt(mark) - dropped;
    if (lastTime < minTime) {
      return false;
    }
    for (int i = 0; i < closedCount && visible > 0; i++) {
      Chunk chunk = closed[i];
      if (chunk.maxTime() >= minTime && chunk.minTime() <= maxTime) {
        return true;
      }
      visible -= chunk.count();
    }
    return open != null && visible > 0 && openMinTime <= maxTime;
  }

  /** How many chunks there are, the open one included. */
  public int chunkCount() {
    return closedCount + (open == null ? 0 : 1);
  }

  /** How many chunks are full. */
  public int fullChunks() {
    return closedCount;
  }

  /** A full chunk, the oldest is 0. */
  public Chunk fullChunk(int i) {
    return closed[i];
  }

  /** About how many bytes it takes, full chunks left out. */
  public long idleBytes() {
    XorEncoder chunk = open;
    return (long) BYTES + (chunk == null ? 0 : chunk.capacity());
  }

  /** Time of the oldest sample, or {@link Long#MAX_VALUE}. */
  public long firstTime() {
    if (closedCount > 0) {
      return closed[0].minTime();
    }
    return open == null ? Long.MAX_VALUE : openMinTime;
  }

  /**
   * Drops the full chunks whose newest sample is older.
   *
   * @return how many bytes became free
   */
  public long dropChunksBefore(long time) {
    int n = 0;
    long freed = 0;
    while (n < closedCount && closed[n].maxTime() < time) {
      freed += closed[n].memoryBytes();
      dropped += closed[n].count();
      n++;
    }
    if (n > 0) {
      closed = n == closedCount ? NONE : Arrays.copyOfRange(closed, n, closedCount);
      closedCount -= n;
    }
    return freed;
  }

  /**
   * Drops all samples.
   *
   * @return how many bytes became free
   */
  long clear() {
    long freed = dropChunksBefore(Long.MAX_VALUE);
    if (open != null) {
      freed += open.capacity();
      dropped += open.count();
      open = null;
    }
    return freed;
  }

  /**
   * Drops all samples but the newest.
   *
   * @return how many bytes became free
   */
  public long keepNewest() {
    long freed = dropChunksBefore(Long.MAX_VALUE);
    XorEncoder before = open;
    if (before != null && before.count() > 1) {
      XorEncoder rest = new XorEncoder();
      rest.append(lastTime, Double.longBitsToDouble(lastBits));
      open = rest;
      openMinTime = lastTime;
      dropped += before.count() - 1;
      freed += before.capacity() - rest.capacity();
    }
    return freed;
  }
}
