package io.narthex.storage.internal.head;

import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.panel.SealedFiles;
import io.narthex.storage.internal.series.LooseSamples;
import io.narthex.storage.internal.series.LooseView;
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
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final ReadMarks marks = new ReadMarks();
  private final @Nullable SealedFiles files;
  private final Panels panels;
  private final HeadContents contents;
  private final HeadTrimming trimming;
  private long sequence;

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
    this.panels = new Panels(() -> sequence(), marks::oldest, files);
    this.contents = new HeadContents(panels);
    this.trimming = new HeadTrimming(contents);
  }

  /**
   * Takes back what was sealed before the process started; before a replay, which then leaves out
   * those rows.
   *
   * @param keepRoom called now and then, to drop the oldest if it is too much
   * @return what could not be read, for people
   */
  public List<String> resume(Runnable keepRoom) {
    if (files == null) {
      return List.of();
    }
    List<String> problems =
        files.read(
            (panel, before, from, to, bytes, length) -> {
              writing(
                  () -> {
                    panels.resume(panel, before, from, to, bytes, length);
                    contents.saw(from);
                    contents.saw(to);
                  });
              keepRoom.run();
            });
    writing(panels::resumed);
    return problems;
  }

  /** The replay is over: drops what was sealed of series that the log knows no more. */
  public void replayed() {
    writing(panels::dropEmpty);
  }

  /** Seals what is open, so that the next start need not. */
  public void sealAll() {
    writing(panels::sealAll);
  }

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
      return contents.index().find(labels);
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
      return contents.index().bytesOf(labels, newNames);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** All series, removed ones among them. */
  public Postings.Slice all() {
    return reading(() -> contents.index().all());
  }

  /** The series with this label, removed ones among them. */
  public Postings.Slice with(String name, String value) {
    return reading(() -> contents.index().with(name, value));
  }

  /** The names of all labels, in no order; a name may be one that only removed series have. */
  public List<String> labelNames() {
    return reading(() -> contents.index().names());
  }

  /** The values of a label, in no order; a value may be one that only removed series have. */
  public List<String> labelValues(String name) {
    return reading(() -> contents.index().values(name));
  }

  /** The rows of a panel in a range of time, to be read as long as the reader is open. */
  public Panel.View view(Panel panel, long from, long to) {
    return reading(() -> panel.view(from, to));
  }

  /** A series' samples in no row, as a reader of this mark sees them. */
  public LooseView loose(Series series, long mark, long from, long to) {
    return reading(
        () -> {
          LooseSamples loose = series.loose();
          return loose == null ? LooseView.NOTHING : LooseView.of(loose, mark, from, to);
        });
  }

  /**
   * Whether any of {@code most} series from a place on may have samples in the range, as a reader
   * of this mark sees them.
   */
  public boolean anyWithSamples(
      Postings.Slice slice, int at, int most, long mark, long from, long to) {
    int end = Math.min(slice.size(), at + most);
    lock.readLock().lock();
    try {
      for (int i = at; i < end; i++) {
        Series series = slice.items()[i];
        if (series.created() <= mark && series.mayHaveSamples(mark, from, to)) {
          return true;
        }
      }
      return false;
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Adds those of some series that may have samples in the range, as a reader of this mark sees.
   */
  public void addWithSamples(
      List<Series> some, long mark, long from, long to, List<Series> target) {
    lock.readLock().lock();
    try {
      for (Series series : some) {
        if (series.mayHaveSamples(mark, from, to)) {
          target.add(series);
        }
      }
    } finally {
      lock.readLock().unlock();
    }
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
      return action.get();
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
  Series obtain(Labels labels) {
    Series series = contents.index().find(labels);
    if (series == null) {
      series = new Series(contents.index().shared(labels), nextSequence());
      contents.index().add(series);
    }
    return series;
  }

  /** The panels; to be changed under the write lock. */
  public Panels panels() {
    return panels;
  }

  private long sequence() {
    return sequence;
  }

  /** Under the write lock: gives a series a slot, which is the panel's next or was its before. */
  void place(Series series, int panel, int slot, int segment) {
    panels.place(series, panel, slot, segment);
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
      Series series, long time, long bits, @Nullable NativeHistogram histogram, long oldestReader) {
    contents.append(series, time, bits, histogram, nextSequence(), oldestReader);
  }

  /**
   * Under the write lock: inserts a sample that came out of order.
   *
   * @param histogram the sample, if it is no float
   * @return false if it was there already
   */
  boolean insert(
      Series series, long time, long bits, @Nullable NativeHistogram histogram, long oldestReader) {
    return contents.insert(series, time, bits, histogram, nextSequence(), oldestReader);
  }

  /** Frees what is outside of the heap; nobody may read any more. */
  public void close() {
    writing(panels::close);
  }

  private void writing(Runnable action) {
    lock.writeLock().lock();
    try {
      action.run();
    } finally {
      lock.writeLock().unlock();
    }
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
