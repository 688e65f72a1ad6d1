package io.narthex.storage.internal.head;

import io.narthex.storage.internal.labels.LabelView;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.series.Deletions;
import io.narthex.storage.internal.series.LooseSamples;
import io.narthex.storage.internal.series.LooseView;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the head: sees what was there when it was opened, and nothing newer; what was removed
 * since it does not see either. May be used from any thread, but closed only once nobody uses it.
 */
public final class HeadReader implements AutoCloseable {
  private final long mark;
  private final LabelView view;
  private final HeadContents contents;
  private final Lock lock;
  private final ReadMarks marks;

  /** A reader of all up to a commit, which is in the marks already. */
  HeadReader(long mark, HeadContents contents, Lock lock, ReadMarks marks) {
    this.mark = mark;
    this.view = contents.index().view();
    this.contents = contents;
    this.lock = lock;
    this.marks = marks;
  }

  /** The last commit that it sees. */
  public long mark() {
    return mark;
  }

  /** The series that it sees, by their labels; valid until the reader is closed. */
  public LabelView view() {
    return view;
  }

  /**
   * Of some series, brings those to the front that may have samples in the range; gives how many
   * they are.
   */
  public int withSamples(int[] series, int at, int end, long from, long to) {
    lock.lock();
    try {
      int kept = at;
      for (int i = at; i < end; i++) {
        if (contents.mayHaveSamples(series[i], mark, from, to)) {
          series[kept++] = series[i];
        }
      }
      return kept - at;
    } finally {
      lock.unlock();
    }
  }

  /** Looks up the panel and the slot of each of some series, null for those that have none. */
  public void locate(int[] series, int at, @Nullable Panel[] inPanels, int[] slots) {
    lock.lock();
    try {
      for (int i = 0; i < slots.length; i++) {
        inPanels[i] = contents.states().panel(series[at + i]);
        slots[i] = contents.states().slot(series[at + i]);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The rows of a panel in a range of time, to be read as long as the reader is open. */
  public Panel.View rows(Panel panel, long from, long to) {
    lock.lock();
    try {
      return panel.view(from, to);
    } finally {
      lock.unlock();
    }
  }

  /** A series' samples in no row. */
  public LooseView loose(int series, long from, long to) {
    lock.lock();
    try {
      LooseSamples loose = contents.states().loose(series);
      return loose == null ? LooseView.NOTHING : LooseView.of(loose, mark, from, to);
    } finally {
      lock.unlock();
    }
  }

  /** What is deleted of a series. */
  public Deletions deletions(int series) {
    return contents.deleted().of(series);
  }

  /** Nobody reads any more. */
  @Override
  public void close() {
    marks.remove(mark);
  }
}
