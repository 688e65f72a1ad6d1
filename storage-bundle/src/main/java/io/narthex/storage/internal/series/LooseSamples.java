package io.narthex.storage.internal.series;

import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.storage.internal.chunk.ChunkReader;
import io.narthex.storage.internal.chunk.XorEncoder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a series that did not come in rows, floats and histograms: in chunks of the series'
 * own, and those that came out of order in others beside them.
 *
 * <p>Changed only under the head's write lock, read under its read lock.
 *
 * <p><b>Isolation.</b> A reader that opened at commit {@code s} sees the first {@code n} samples,
 * those of commits up to {@code s}. While such a reader is open and the samples grow, {@link
 * #history} keeps what it needs; without open readers nothing is kept.
 *
 * <p><b>Checkpoints.</b> {@link #save} gives all that is needed to have an equal one by {@link
 * #restore}, apart from what open readers see.
 */
public final class LooseSamples {
  /** About what this object and that of its open chunk take. */
  static final int BYTES = 170;

  private static final Chunk[] NONE = {};

  private Chunk[] closed = NONE;
  private int closedCount;
  private final OpenChunk open = new OpenChunk();
  private long lastTime = Long.MIN_VALUE;
  private long lastBits;
  private @Nullable NativeHistogram lastHistogram;
  private @Nullable LateSamples late;

  private long appended;
  private long dropped;
  private long lastCommit;
  private @Nullable VisibleHistory history;

  LooseSamples() {}

  /**
   * What it holds, for a checkpoint.
   *
   * @param inOrder chunks in order of time; the last may grow on after a restore
   * @param late full chunks of samples that came out of order, in the order of their making
   * @param lateOpen those that came out of order and are not in a full chunk yet, in order of time
   */
  public record Saved(List<Chunk> inOrder, List<Chunk> late, List<Chunk> lateOpen) {
    /** Copies the lists. */
    public Saved {
      inOrder = List.copyOf(inOrder);
      late = List.copyOf(late);
      lateOpen = List.copyOf(lateOpen);
    }
  }

  /** All of it in chunks of exact size; what open readers do not see yet is among it. */
  public Saved save() {
    Chunk last = open.toChunk();
    Chunk[] all = Arrays.copyOf(closed, closedCount + (last == null ? 0 : 1));
    if (last != null) {
      all[closedCount] = last;
    }
    LateSamples others = late;
    return new Saved(
        List.of(all),
        others == null ? List.of() : others.fullChunks(),
        others == null ? List.of() : others.openChunks());
  }

  /**
   * What was saved, all of it visible to every reader.
   *
   * @throws io.narthex.storage.internal.chunk.BadChunkException if a chunk of histograms does not
   *     decode; chunks of floats must be whole
   */
  public static LooseSamples restore(Saved saved) {
    LooseSamples made = new LooseSamples();
    ChunkReader reader = new ChunkReader();
    int n = saved.inOrder().size();
    made.closed = saved.inOrder().toArray(NONE);
    made.closedCount = n;
    for (Chunk chunk : saved.inOrder()) {
      made.appended += chunk.count();
    }
    if (n > 0) {
      made.reopen(saved.inOrder().get(n - 1), reader);
    }
    if (!saved.late().isEmpty() || !saved.lateOpen().isEmpty()) {
      made.late = LateSamples.restore(saved.late(), saved.lateOpen(), reader);
    }
    return made;
  }

  /** A chunk of floats that is not full goes on; one of histograms stays, and another begins. */
  private void reopen(Chunk last, ChunkReader reader) {
    boolean grows =
        last.encoding() == XorEncoder.ENCODING && last.count() < XorEncoder.SAMPLES_PER_CHUNK;
    last.readBy(reader);
    while (reader.remaining() > 0) {
      reader.next();
      if (grows) {
        open.append(reader.time(), Double.doubleToRawLongBits(reader.value()));
      }
    }
    if (grows) {
      closedCount--;
    }
    lastTime = reader.time();
    if (reader.hasFloats()) {
      lastBits = Double.doubleToRawLongBits(reader.value());
    } else {
      lastHistogram = reader.histogram();
    }
  }

  /** Time of the newest sample that came in order, or {@link Long#MIN_VALUE}. */
  public long lastTime() {
    return lastTime;
  }

  /** Time of the newest sample, or {@link Long#MIN_VALUE}. */
  public long newestTime() {
    LateSamples others = late;
    return others == null ? lastTime : Math.max(lastTime, others.newestTime());
  }

  /** The bits of the newest sample in order, if it is a float. */
  public long lastBits() {
    return lastBits;
  }

  /** The newest sample in order, if it is a histogram. */
  public @Nullable NativeHistogram lastHistogram() {
    return lastHistogram;
  }

  /**
   * Whether a sample would be accepted in order.
   *
   * @param bits of a float
   * @param histogram the sample, if it is none
   */
  public AppendOutcome check(long time, long bits, @Nullable NativeHistogram histogram) {
    if (time > lastTime) {
      return AppendOutcome.ACCEPTED;
    }
    if (time < lastTime) {
      return AppendOutcome.OUT_OF_ORDER;
    }
    return isSame(bits, histogram, lastBits, lastHistogram)
        ? AppendOutcome.ALREADY_THERE
        : AppendOutcome.DUPLICATE_TIMESTAMP;
  }

  /** Whether two samples are the same, each a float unless its histogram is there. */
  public static boolean isSame(
      long bits, @Nullable NativeHistogram a, long otherBits, @Nullable NativeHistogram b) {
    return a == null || b == null ? a == b && bits == otherBits : NativeHistogram.sameData(a, b);
  }

  /**
   * Appends a float that is newer than its last.
   *
   * @param oldestReader the commit at which the oldest open reader opened, or {@link
   *     Long#MAX_VALUE}
   * @return by how many bytes it grew
   */
  public long append(long time, long bits, long commit, long oldestReader) {
    remember(commit, oldestReader);
    int before = open.capacity();
    Chunk full = open.append(time, bits);
    return appended(full, before, time, bits, null);
  }

  /** Appends a histogram that is newer than its last, in all else like the other. */
  public long append(long time, NativeHistogram sample, long commit, long oldestReader) {
    remember(commit, oldestReader);
    int before = open.capacity();
    Chunk full = open.append(time, sample);
    return appended(full, before, time, 0, sample);
  }

  private long appended(
      @Nullable Chunk full, int before, long time, long bits, @Nullable NativeHistogram sample) {
    long grown = open.capacity() - before + bytesOf(sample) - bytesOf(lastHistogram);
    if (full != null) {
      close(full);
      grown += full.memoryBytes();
    }
    lastTime = time;
    lastBits = bits;
    lastHistogram = sample;
    appended++;
    return grown;
  }

  /** About what a histogram takes, its layout left out, since samples of a chunk share it. */
  private static long bytesOf(@Nullable NativeHistogram sample) {
    return switch (sample) {
      case null -> 0;
      case Histogram h -> 160 + 8L * (h.positive().deltas().length + h.negative().deltas().length);
      case FloatHistogram h ->
          160 + 8L * (h.positive().counts().length + h.negative().counts().length);
    };
  }

  private void close(Chunk done) {
    if (closedCount == closed.length) {
      closed = Arrays.copyOf(closed, Math.max(2, closedCount + closedCount / 2));
    }
    closed[closedCount++] = done;
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
   * Inserts a sample that came out of order, unless one of its time is among the latest of those.
   *
   * @param histogram the sample, if it is no float
   * @return by how many bytes it grew, or {@link LateSamples#NOT_INSERTED}
   */
  public long insert(
      long time, long bits, @Nullable NativeHistogram histogram, long commit, long oldestReader) {
    LateSamples to = late;
    long grown = 0;
    if (to == null) {
      to = new LateSamples();
      late = to;
      grown = to.bytes();
    }
    long inserted = to.insert(time, bits, histogram, commit, oldestReader);
    return inserted == LateSamples.NOT_INSERTED ? inserted : grown + inserted;
  }

  /**
   * The chunks of samples in order with any in the time range that a reader of this mark sees; the
   * last may be cut short.
   */
  public Chunk[] chunks(long mark, long minTime, long maxTime) {
    long visible = visibleAt(mark) - dropped;
    Chunk[] result = new Chunk[closedCount + 1];
    int n = 0;
    for (int i = 0; i < closedCount && visible > 0; i++) {
      Chunk chunk = closed[i];
      if (chunk.overlaps(minTime, maxTime)) {
        result[n++] = chunk.first((int) Math.min(visible, chunk.count()));
      }
      visible -= chunk.count();
    }
    Chunk last = visible > 0 ? open.view(visible) : null;
    if (last != null && last.overlaps(minTime, maxTime)) {
      result[n++] = last;
    }
    return n == result.length ? result : Arrays.copyOf(result, n);
  }

  /** The like of those that came out of order; they may overlap each other and {@link #chunks}. */
  public Chunk[] lateChunks(long mark, long minTime, long maxTime) {
    LateSamples others = late;
    return others == null ? NONE : others.chunks(mark, minTime, maxTime).toArray(NONE);
  }

  /** Whether {@link #chunks} or {@link #lateChunks} has any. */
  public boolean hasChunks(long mark, long minTime, long maxTime) {
    LateSamples others = late;
    if (others != null && others.hasChunks(mark, minTime, maxTime)) {
      return true;
    }
    long visible = visibleAt(mark) - dropped;
    if (lastTime < minTime) {
      return false;
    }
    for (int i = 0; i < closedCount && visible > 0; i++) {
      Chunk chunk = closed[i];
      if (chunk.overlaps(minTime, maxTime)) {
        return true;
      }
      visible -= chunk.count();
    }
    return !open.isEmpty() && visible > 0 && open.minTime() <= maxTime;
  }

  /** How many chunks there are, the open ones included. */
  public int chunkCount() {
    LateSamples others = late;
    return closedCount + (open.isEmpty() ? 0 : 1) + (others == null ? 0 : others.chunkCount());
  }

  /** How many chunks in order are full. */
  public int fullChunks() {
    return closedCount;
  }

  /** A full chunk in order, the oldest is 0. */
  public Chunk fullChunk(int i) {
    return closed[i];
  }

  /** About how many bytes it takes, full chunks in order left out. */
  public long idleBytes() {
    LateSamples others = late;
    return (long) BYTES
        + open.capacity()
        + bytesOf(lastHistogram)
        + (others == null ? 0 : others.bytes());
  }

  /** About how many bytes it takes. */
  public long bytes() {
    long sum = idleBytes();
    for (int i = 0; i < closedCount; i++) {
      sum += closed[i].memoryBytes();
    }
    return sum;
  }

  /** Time of the oldest sample, or {@link Long#MAX_VALUE}. */
  public long firstTime() {
    LateSamples others = late;
    long first = others == null ? Long.MAX_VALUE : others.firstTime();
    if (closedCount > 0) {
      return Math.min(first, closed[0].minTime());
    }
    return open.isEmpty() ? first : Math.min(first, open.minTime());
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
    LateSamples others = late;
    if (others != null) {
      freed += others.dropBefore(time);
      if (others.isEmpty()) {
        freed += LateSamples.BYTES;
        late = null;
      }
    }
    return freed;
  }

  /**
   * Drops all samples.
   *
   * @return how many bytes became free
   */
  long clear() {
    long freed = dropChunksBefore(Long.MAX_VALUE) + open.capacity() + bytesOf(lastHistogram);
    dropped += open.count();
    lastHistogram = null;
    open.clear();
    return freed;
  }

  /**
   * Drops all samples but the newest in order.
   *
   * @return how many bytes became free
   */
  public long keepNewest() {
    long freed = dropChunksBefore(Long.MAX_VALUE);
    if (open.count() > 1) {
      int before = open.capacity();
      dropped += open.count() - 1;
      open.clear();
      NativeHistogram sample = lastHistogram;
      if (sample == null) {
        open.append(lastTime, lastBits);
      } else {
        open.append(lastTime, sample);
      }
      freed += before - open.capacity();
    }
    return freed;
  }
}
