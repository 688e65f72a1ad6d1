package io.narthex.storage.internal.head;

import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.storage.internal.failpoint.FailPoint;
import io.narthex.storage.internal.labels.PostingsCursor;
import io.narthex.storage.internal.memory.Reclaimer;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.panel.SealedFiles;
import io.narthex.storage.internal.series.Deletions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntUnaryOperator;
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
  private final @Nullable SealedFiles files;
  private final Panels panels;
  private final HeadContents contents;
  private final HeadTrimming trimming;
  private long sequence;
  private boolean closed;

  /** A head without samples, of which nothing is kept on the disk. */
  public Head() {
    this(null);
  }

  /**
   * A head without samples.
   *
   * @param files where what is sealed is kept
   */
  public Head(@Nullable SealedFiles files) {
    this.files = files;
    Reclaimer reclaimer = new Reclaimer(() -> sequence(), marks::oldest);
    this.panels = new Panels(reclaimer, files);
    this.contents = new HeadContents(panels, reclaimer);
    this.trimming = new HeadTrimming(contents);
  }

  /**
   * Takes back what was sealed before the process started; before a replay, which then leaves out
   * those rows.
   *
   * @param all whether nothing was restored before from a checkpoint
   * @param keepRoom called now and then, to drop the oldest if it is too much
   * @return what could not be read, for people
   */
  public List<String> resume(boolean all, Runnable keepRoom) {
    if (files == null) {
      writing(this::resumed);
      return List.of();
    }
    List<String> problems =
        files.read(
            all,
            (panel, at, before, from, to, bytes, length) -> {
              FailPoint.MID_RESUME.reach();
              writing(
                  () -> {
                    if (panels.resume(panel, at, before, from, to, bytes, length)) {
                      contents.saw(from);
                      contents.saw(to);
                    }
                  });
              keepRoom.run();
            });
    writing(this::resumed);
    return problems;
  }

  private void resumed() {
    // Rows remember their commits, and the log may have fewer than when they were made.
    sequence = Math.max(sequence, panels.resumed());
  }

  /** The replay is over: drops what was sealed of series that the log knows no more. */
  public void replayed() {
    writing(panels::dropEmpty);
  }

  /** After the disk had no room for what was sealed: tries again with what is sealed next. */
  public void keepSealedAgain() {
    if (files != null) {
      writing(files::tryAgain);
    }
  }

  /** Seals what is open, so that the next start need not. */
  public void sealAll() {
    writing(panels::sealAll);
  }

  /** Opens a reader of what is there now, to be closed. */
  public HeadReader openReader() {
    return reading(
        () -> {
          marks.add(sequence);
          return new HeadReader(sequence, contents, lock.readLock(), marks);
        });
  }

  /** The series with exactly these labels, or -1. */
  public int find(Labels labels) {
    lock.readLock().lock();
    try {
      return contents.index().find(labels);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * The series with exactly these labels, or -1. Its labels can be asked for until {@link #release}
   * though it may be removed meanwhile.
   */
  public int findAndHold(Labels labels) {
    lock.writeLock().lock();
    try {
      int series = contents.index().find(labels);
      if (series >= 0) {
        hold(series);
      }
      return series;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The labels of a series that is not removed, or is held. */
  public Labels labels(int series) {
    return reading(() -> labelsOf(series));
  }

  /** Whether such a series has exactly these labels. */
  public boolean hasLabels(int series, Labels labels) {
    lock.readLock().lock();
    try {
      return contents.index().isEqual(series, labels);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Whether a series that was there has been removed; without a lock it is a hint. */
  public boolean isRemoved(int series) {
    return contents.index().isRemoved(series);
  }

  /**
   * Whether a sample would be accepted in order; without a lock it is a hint.
   *
   * @param bits of a float
   * @param histogram the sample, if it is none
   */
  public AppendOutcome check(
      int series, long time, long bits, @Nullable NativeHistogram histogram) {
    return contents.states().check(series, time, bits, histogram);
  }

  /** The newest sample that came in order, if it is a histogram; without a lock it is a hint. */
  public @Nullable NativeHistogram lastHistogram(int series) {
    return contents.states().lastHistogram(series);
  }

  /** The ranges of time of which a series shows no samples. */
  public Deletions deletions(int series) {
    return contents.deleted().of(series);
  }

  /** Under the write lock: a series shows no samples of a range of time any more. */
  void delete(int series, long from, long to) {
    contents.deleted().add(series, from, to);
  }

  /** Time of a series' oldest sample, or later than {@link #lastTime}; without a lock a hint. */
  public long firstTime(int series) {
    return contents.states().firstTime(series);
  }

  /** Time of its newest sample, or {@link Long#MIN_VALUE}. */
  public long lastTime(int series) {
    return contents.states().lastTime(series);
  }

  /** The panel that has a slot for a series; without a lock it is a hint. */
  public @Nullable Panel panelOf(int series) {
    return contents.states().panel(series);
  }

  /** Its slot there. */
  public int slotOf(int series) {
    return contents.states().slot(series);
  }

  /** The reference by which a segment of the log names a series, or -1 if it has none there. */
  public int refIn(int series, int segment) {
    return contents.states().refIn(series, segment);
  }

  /**
   * About how much memory a new series with these labels would take beside its chunks.
   *
   * @param newNames names that are counted already; those that are not here are added
   */
  public long bytesOf(Labels labels, Set<String> newNames) {
    lock.readLock().lock();
    try {
      return contents.bytesOf(labels, newNames);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Goes over some series under the read lock, in the order in which they were made.
   *
   * @param from the least number of a series to look at; 0 at first
   * @param most so many are looked at; fewer hold the lock for less long
   * @return where to go on, or -1 if there are no more
   */
  public int forEachSeries(int from, int most, SeriesVisitor visitor) {
    return reading(
        () -> {
          if (closed) {
            return -1;
          }
          PostingsCursor all = contents.index().view().all();
          int series = all.seek(from);
          for (int i = 0; i < most && series != PostingsCursor.END; i++) {
            if (!isRemoved(series)) {
              visitor.series(
                  series,
                  contents.index().labels(series),
                  contents.states().panelId(series),
                  contents.states().slot(series),
                  contents.states().loose(series));
            }
            series = all.next();
          }
          return series == PostingsCursor.END ? -1 : series;
        });
  }

  /** The head in numbers. */
  public HeadStats stats() {
    return reading(contents::stats);
  }

  /**
   * Drops what holds only older samples, and the series that have no newer one.
   *
   * @return how many series went
   */
  public int dropBefore(long time) {
    return trimmed(() -> trimming.before(time)).series();
  }

  /**
   * Makes room: drops the oldest sealed rows and full chunks, and series that were not written to
   * for a while, down to a size. If that is not enough, since nearly all is in open rows and in
   * chunks that are not full, it drops all samples but each series' newest.
   */
  public Dropped shrinkTo(long bytes) {
    return trimmed(() -> trimming.toSize(bytes));
  }

  /**
   * Makes room for other series: drops those that were not written to for the longest time, and for
   * a while at least, until about so many bytes are left to series.
   */
  public Dropped shrinkSeriesTo(long bytes) {
    return trimmed(() -> trimming.seriesToSize(bytes));
  }

  private Dropped trimmed(Supplier<Dropped> action) {
    lock.writeLock().lock();
    try {
      return closed ? Dropped.NOTHING : action.get();
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
    panels.reclaim();
  }

  /** Under the write lock. */
  long oldestReader() {
    return marks.oldest();
  }

  /** Under the write lock: finds or makes a series. */
  int obtain(Labels labels) {
    return contents.obtain(labels);
  }

  /** Under the lock: all series have lower numbers. */
  int seriesLimit() {
    return contents.index().view().limit();
  }

  /** Under the lock: the labels of a series that is not removed, or is held. */
  Labels labelsOf(int series) {
    return contents.index().labels(series);
  }

  /** Under the write lock: remembers the reference by which a segment names a series. */
  void referTo(int series, int segment, int ref) {
    contents.states().referTo(series, segment, ref);
  }

  /** Under the write lock: whether a replay takes a sample in no row. */
  boolean acceptsInReplay(int series, long time) {
    return contents.states().acceptsInReplay(series, time);
  }

  /** Under the write lock: the labels of a series stay though it may be removed. */
  void hold(int series) {
    contents.states().hold(series);
  }

  /** Under the write lock: one less holds a series. */
  void release(int series) {
    contents.release(series);
  }

  /** The labels of some series can be asked for until they are released. */
  public void hold(int count, IntUnaryOperator series) {
    writing(
        () -> {
          for (int i = 0; i < count; i++) {
            hold(series.applyAsInt(i));
          }
        });
  }

  /** One less holds each of some series; negative ones are none. */
  public void release(int count, IntUnaryOperator series) {
    writing(
        () -> {
          for (int i = 0; i < count && !closed; i++) {
            if (series.applyAsInt(i) >= 0) {
              contents.release(series.applyAsInt(i));
            }
          }
        });
  }

  /** The panels; to be changed under the write lock. */
  public Panels panels() {
    return panels;
  }

  private long sequence() {
    return sequence;
  }

  /** Under the write lock: gives a series a slot, which is the panel's next or was its before. */
  void place(int series, int panel, int slot, int segment) {
    panels.place(contents.states(), series, panel, slot, segment);
  }

  /**
   * Under the write lock: links a row.
   *
   * @return how many samples it has; 0 if it is not newer than its panel's last
   */
  int link(DocumentApplier.Row row) {
    int samples = panels.link(row, nextSequence());
    if (samples > 0) {
      contents.saw(row.time());
    }
    return samples;
  }

  /**
   * Under the write lock: appends a sample in no row, which is newer than its series' last.
   *
   * @param histogram the sample, if it is no float
   */
  void append(
      int series, long time, long bits, @Nullable NativeHistogram histogram, long oldestReader) {
    contents.append(series, time, bits, histogram, nextSequence(), oldestReader);
  }

  /**
   * Under the write lock: inserts a sample that came out of order.
   *
   * @param histogram the sample, if it is no float
   * @return false if it was there already
   */
  boolean insert(
      int series, long time, long bits, @Nullable NativeHistogram histogram, long oldestReader) {
    return contents.insert(series, time, bits, histogram, nextSequence(), oldestReader);
  }

  /** What it has, for a checkpoint. */
  HeadContents contents() {
    return contents;
  }

  /** Where what is sealed is kept, if it is. */
  @Nullable SealedFiles files() {
    return files;
  }

  /** Frees what is outside of the heap; nobody may read any more. */
  public void close() {
    writing(
        () -> {
          if (!closed) {
            closed = true;
            panels.close();
            contents.close();
          }
        });
  }

  void writing(Runnable action) {
    lock.writeLock().lock();
    try {
      action.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  <T extends @Nullable Object> T reading(Supplier<T> action) {
    lock.readLock().lock();
    try {
      return action.get();
    } finally {
      lock.readLock().unlock();
    }
  }
}
