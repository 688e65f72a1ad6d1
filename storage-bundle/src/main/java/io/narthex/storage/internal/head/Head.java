package io.narthex.storage.internal.head;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.series.Chunk;
import io.narthex.storage.internal.series.LabelIndex;
import io.narthex.storage.internal.series.Postings;
import io.narthex.storage.internal.series.Series;
import java.util.List;
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
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final ReadMarks marks = new ReadMarks();
  private LabelIndex index = new LabelIndex();
  private int nextId;
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

  /** All series. */
  public Postings.Slice all() {
    return reading(() -> index.all());
  }

  /** The series with this label. */
  public Postings.Slice with(String name, String value) {
    return reading(() -> index.with(name, value));
  }

  /** The names of all labels, in no order. */
  public List<String> labelNames() {
    return reading(() -> index.names());
  }

  /** The values of a label, in no order. */
  public List<String> labelValues(String name) {
    return reading(() -> index.values(name));
  }

  /** The chunks of a series with samples in the range, as a reader of this mark sees them. */
  public Chunk[] chunks(Series series, long mark, long from, long to) {
    return reading(() -> series.chunks(mark, from, to));
  }

  /** The head in numbers. */
  public HeadStats stats() {
    return reading(() -> new HeadStats(index.size(), chunks, minTime, maxTime, bytesLocked()));
  }

  /** About how much memory it takes. */
  public long bytes() {
    return reading(this::bytesLocked);
  }

  private long bytesLocked() {
    return index.bytes() + chunkBytes;
  }

  /**
   * Drops the chunks that hold only older samples, and the series that are left without any.
   *
   * @return how many series went
   */
  public int dropBefore(long time) {
    lock.writeLock().lock();
    try {
      if (minTime >= time) {
        return 0;
      }
      int before = index.size();
      Postings.Slice all = index.all();
      long oldest = Long.MAX_VALUE;
      for (int i = 0; i < all.size(); i++) {
        Series series = all.items()[i];
        chunks -= series.chunkCount();
        chunkBytes -= series.dropBefore(time);
        chunks += series.chunkCount();
        oldest = Math.min(oldest, series.firstTime());
      }
      minTime = oldest;
      index = index.withoutRemoved();
      return before - index.size();
    } finally {
      lock.writeLock().unlock();
    }
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
      series = new Series(nextId++, index.shared(labels), nextSequence());
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
