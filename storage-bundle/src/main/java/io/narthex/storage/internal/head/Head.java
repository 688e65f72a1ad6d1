package io.narthex.storage.internal.head;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.series.Chunk;
import io.narthex.storage.internal.series.LabelIndex;
import io.narthex.storage.internal.series.Postings;
import io.narthex.storage.internal.series.Series;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All samples in memory. A commit is applied as a whole under the write lock ({@link
 * DocumentApplier}) and takes the next sequence number; a reader remembers the number at which it
 * opened and sees nothing newer. May be used from any thread.
 */
public final class Head {
  /** A series that had a sample this lately is not removed to make room. */
  static final long LIVE_MILLIS = 60 * 60 * 1000;

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final ReadMarks marks = new ReadMarks();
  private LabelIndex index = new LabelIndex();
  private long sequence;
  private long chunks;
  private long chunkBytes;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;

  /**
   * Opens a reader: the commit up to which it sees everything. To be given back to {@link
   * #closeReader}.
   */
  public long openReader() {
    return reading(
        () -> {
          marks.add(sequence);
          return sequence;
        });
  }

  /** Gives a reader's mark back. */
  public void closeReader(long mark) {
    marks.remove(mark);
  }

  /** The series with exactly these labels. */
  public @Nullable Series find(Labels labels) {
    lock.readLock().lock();
    try {
      return index.find(labels);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * About how much memory a new series with these labels would take beside its chunks.
   *
   * @param newNames names that are counted already; those that are not here are added
   */
  public long bytesOf(Labels labels, Set<String> newNames) {
    lock.readLock().lock();
    try {
      return index.bytesOf(labels, newNames);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** All series, removed ones among them. */
  public Postings.Slice all() {
    return reading(() -> index.all());
  }

  /** The series with this label, removed ones among them. */
  public Postings.Slice with(String name, String value) {
    return reading(() -> index.with(name, value));
  }

  /** The names of all labels, in no order; a name may be one that only removed series have. */
  public List<String> labelNames() {
    return reading(() -> index.names());
  }

  /** The values of a label, in no order; a value may be one that only removed series have. */
  public List<String> labelValues(String name) {
    return reading(() -> index.values(name));
  }

  /** The chunks of a series with samples in the range, as a reader of this mark sees them. */
  public Chunk[] chunks(Series series, long mark, long from, long to) {
    return reading(() -> series.chunks(mark, from, to));
  }

  /**
   * Whether any of {@code most} series from a place on has a chunk in the range, as a reader of
   * this mark sees them.
   */
  public boolean anyWithChunks(
      Postings.Slice slice, int at, int most, long mark, long from, long to) {
    int end = Math.min(slice.size(), at + most);
    lock.readLock().lock();
    try {
      for (int i = at; i < end; i++) {
        Series series = slice.items()[i];
        if (series.created() <= mark && series.hasChunks(mark, from, to)) {
          return true;
        }
      }
      return false;
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Adds those of some series that have a chunk in the range, as a reader of this mark sees. */
  public void addWithChunks(List<Series> some, long mark, long from, long to, List<Series> target) {
    lock.readLock().lock();
    try {
      for (Series series : some) {
        if (series.hasChunks(mark, from, to)) {
          target.add(series);
        }
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The head in numbers. */
  public HeadStats stats() {
    return reading(
        () -> new HeadStats(index.size(), chunks, minTime, maxTime, index.bytes(), chunkBytes));
  }

  /**
   * Drops the chunks that hold only older samples, and the series that have no newer one.
   *
   * @return how many series went
   */
  public int dropBefore(long time) {
    lock.writeLock().lock();
    try {
      return minTime >= time ? 0 : drop(time, time, 8).series();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Makes room: drops the oldest full chunks, and series that were not written to for a while, down
   * to a size. If that is not enough, since nearly all is in chunks that are not full, it drops all
   * samples but each series' newest.
   */
  public Dropped shrinkTo(long bytes) {
    lock.writeLock().lock();
    try {
      long excess = bytesLocked() - bytes;
      if (excess <= 0) {
        return Dropped.NOTHING;
      }
      long live = liveFrom();
      long cut = AgeProfile.of(index.all(), minTime, maxTime, live).cut(excess);
      Dropped dropped = drop(cut, Math.min(cut, live), Integer.MAX_VALUE);
      return bytesLocked() <= bytes ? dropped : dropped.plus(keepNewest());
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Makes room for other series: drops those that were not written to for the longest time, and for
   * a while at least, until about so many bytes are left to series.
   */
  public Dropped shrinkSeriesTo(long bytes) {
    lock.writeLock().lock();
    try {
      long excess = index.bytes() - bytes;
      if (excess <= 0 || index.size() == 0) {
        return Dropped.NOTHING;
      }
      long live = liveFrom();
      long each = index.bytes() / index.size();
      long cut = AgeProfile.ofIdle(index.all(), minTime, maxTime, live, each).cut(excess);
      return drop(Long.MIN_VALUE, Math.min(cut, live), Integer.MAX_VALUE);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private long liveFrom() {
    return Math.max(maxTime, Long.MIN_VALUE + LIVE_MILLIS) - LIVE_MILLIS;
  }

  /**
   * Drops chunks and series.
   *
   * @param worth the index is made anew if at least one in so many series of it was removed
   */
  private Dropped drop(long chunksBefore, long seriesBefore, int worth) {
    int seriesCount = index.size();
    long chunkCount = chunks;
    Postings.Slice all = index.all();
    long oldest = Long.MAX_VALUE;
    for (int i = 0; i < all.size(); i++) {
      Series series = all.items()[i];
      if (series.removed()) {
        continue;
      }
      chunks -= series.chunkCount();
      if (series.lastTime() < seriesBefore) {
        chunkBytes -= series.remove();
        index.remove(series);
      } else {
        chunkBytes -= series.dropChunksBefore(chunksBefore);
        chunks += series.chunkCount();
        oldest = Math.min(oldest, series.firstTime());
      }
    }
    minTime = oldest;
    int gone = all.size() - index.size();
    if (gone > 0 && gone >= all.size() / worth) {
      index = index.withoutRemoved();
    }
    return new Dropped(seriesCount - index.size(), chunkCount - chunks);
  }

  private Dropped keepNewest() {
    long before = chunks;
    Postings.Slice all = index.all();
    minTime = Long.MAX_VALUE;
    for (int i = 0; i < all.size(); i++) {
      Series series = all.items()[i];
      if (!series.removed()) {
        chunks -= series.chunkCount();
        chunkBytes -= series.keepNewest();
        chunks += series.chunkCount();
        minTime = Math.min(minTime, series.firstTime());
      }
    }
    return new Dropped(0, before - chunks + index.size());
  }

  /**
   * What was dropped.
   *
   * @param chunks how many chunks went, in whole or in part
   */
  public record Dropped(int series, long chunks) {
    static final Dropped NOTHING = new Dropped(0, 0);

    Dropped plus(Dropped other) {
      return new Dropped(series + other.series, chunks + other.chunks);
    }
  }

  private long bytesLocked() {
    return index.bytes() + chunkBytes;
  }

  Lock writeLock() {
    return lock.writeLock();
  }

  /** Under the write lock: the number of the commit that is about to be applied. */
  long nextSequence() {
    return sequence + 1;
  }

  /** Under the write lock: the commit is complete. */
  void complete() {
    sequence++;
  }

  /** Under the write lock. */
  long oldestReader() {
    return marks.oldest();
  }

  /** Under the write lock: finds or makes a series. */
  Series obtain(Labels labels) {
    Series series = index.find(labels);
    if (series == null) {
      series = new Series(index.shared(labels), nextSequence());
      index.add(series);
    }
    return series;
  }

  /** Under the write lock: appends a sample that is newer than its series' last. */
  void append(Series series, long time, long bits, long oldestReader) {
    int before = series.chunkCount();
    chunkBytes += series.append(time, bits, nextSequence(), oldestReader);
    chunks += series.chunkCount() - before;
    minTime = Math.min(minTime, time);
    maxTime = Math.max(maxTime, time);
  }

  private <T> T reading(Supplier<T> action) {
    lock.readLock().lock();
    try {
      return action.get();
    } finally {
      lock.readLock().unlock();
    }
  }
}
