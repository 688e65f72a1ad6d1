package io.narthex.storage.internal.series;

import io.narthex.api.model.Labels;
import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.storage.internal.panel.Panel;
import org.jspecify.annotations.Nullable;

/**
 * A series: its labels and where its samples are: in a slot of a panel, as long as they come in
 * rows, and loose otherwise; perhaps some so and some so.
 *
 * <p>Changed only under the head's write lock, read under its read lock; {@link #check} alone may
 * be called without a lock, and then its answer is a hint: it may miss a sample that has just come.
 */
public final class Series {
  /**
   * About what a series costs beside its samples and its labels: this object, its label set, its
   * places in the index and in the references of the log.
   */
  static final int BYTES = 160;

  private final Labels labels;
  private final long created;

  private volatile @Nullable Panel panel;
  private int slot;
  private volatile @Nullable LooseSamples loose;

  private int segment = -1;
  private int ref;
  private volatile boolean removed;

  /**
   * A series without samples.
   *
   * @param created the commit that made it
   */
  public Series(Labels labels, long created) {
    this.labels = labels;
    this.created = created;
  }

  public Labels labels() {
    return labels;
  }

  /** The commit that made it. */
  public long created() {
    return created;
  }

  /** Whether it has been taken out of the head: it takes no samples any more. */
  public boolean removed() {
    return removed;
  }

  /** The panel that has a slot for it. */
  public @Nullable Panel panel() {
    return panel;
  }

  /** Its slot of the panel. */
  public int slot() {
    return slot;
  }

  /** Gives it a slot. */
  public void place(Panel in, int at) {
    LooseSamples others = loose;
    if (others != null) {
      in.noteLoose(others.lastTime());
    }
    slot = at;
    panel = in;
  }

  /** Its samples that did not come in rows. */
  public @Nullable LooseSamples loose() {
    return loose;
  }

  /** Time of the newest sample, or {@link Long#MIN_VALUE}. */
  public long lastTime() {
    Panel in = panel;
    LooseSamples others = loose;
    return Math.max(
        in == null ? Long.MIN_VALUE : in.lastTime(slot),
        others == null ? Long.MIN_VALUE : others.newestTime());
  }

  /** Time of the oldest sample, or later than {@link #lastTime}. */
  public long firstTime() {
    Panel in = panel;
    LooseSamples others = loose;
    return Math.min(
        in == null ? Long.MAX_VALUE : in.firstTime(slot),
        others == null ? Long.MAX_VALUE : others.firstTime());
  }

  /**
   * Whether a sample would be accepted in order.
   *
   * @param bits of a float
   * @param histogram the sample, if it is none
   */
  public AppendOutcome check(long time, long bits, @Nullable NativeHistogram histogram) {
    LooseSamples others = loose;
    Panel in = panel;
    if (others != null && (in == null || in.lastTime(slot) < others.lastTime())) {
      return others.check(time, bits, histogram);
    }
    if (in == null) {
      return AppendOutcome.ACCEPTED;
    }
    AppendOutcome outcome = in.check(slot, time, bits);
    return histogram != null && outcome == AppendOutcome.ALREADY_THERE
        ? AppendOutcome.DUPLICATE_TIMESTAMP
        : outcome;
  }

  /** The newest sample that came in order, if it is a histogram. */
  public @Nullable NativeHistogram lastHistogram() {
    LooseSamples others = loose;
    Panel in = panel;
    return others == null || in != null && in.lastTime(slot) >= others.lastTime()
        ? null
        : others.lastHistogram();
  }

  /**
   * Whether a replay takes a sample in no row. The log has only what was accepted when it was
   * written; rows that are newer may be here already, since those that were sealed come before the
   * log. Loose samples come from nowhere else, and in order.
   */
  public boolean acceptsInReplay(long time) {
    LooseSamples others = loose;
    return others == null || time > others.lastTime();
  }

  /** Remembers the reference by which a segment of the log names it. */
  public void referTo(int inSegment, int reference) {
    segment = inSegment;
    ref = reference;
  }

  /** The reference in the segment, or -1 if it has none there. */
  public int refIn(int wanted) {
    return segment == wanted ? ref : -1;
  }

  /**
   * Appends a sample that did not come in a row, and is newer than its last.
   *
   * @param histogram the sample, if it is no float
   * @param oldestReader the commit at which the oldest open reader opened, or {@link
   *     Long#MAX_VALUE}
   * @return by how many bytes it grew
   */
  public long append(
      long time, long bits, @Nullable NativeHistogram histogram, long commit, long oldestReader) {
    long grown = loose == null ? LooseSamples.BYTES : 0;
    Panel in = panel;
    if (in != null) {
      in.noteLoose(time);
    }
    LooseSamples to = obtainLoose();
    return grown
        + (histogram == null
            ? to.append(time, bits, commit, oldestReader)
            : to.append(time, histogram, commit, oldestReader));
  }

  /**
   * Inserts a sample that came out of order.
   *
   * @param histogram the sample, if it is no float
   * @return by how many bytes it grew; negative if it was there already
   */
  public long insert(
      long time, long bits, @Nullable NativeHistogram histogram, long commit, long oldestReader) {
    long grown = loose == null ? LooseSamples.BYTES : 0;
    long inserted = obtainLoose().insert(time, bits, histogram, commit, oldestReader);
    return inserted < 0 ? inserted : grown + inserted;
  }

  private LooseSamples obtainLoose() {
    LooseSamples to = loose;
    if (to == null) {
      to = new LooseSamples();
      loose = to;
    }
    return to;
  }

  /** Whether there may be samples in a range of time for a reader of this mark. */
  public boolean mayHaveSamples(long mark, long from, long to) {
    if (removed) {
      return false;
    }
    Panel in = panel;
    if (in != null && in.lastTime(slot) >= from && in.firstTime(slot) <= to) {
      return true;
    }
    LooseSamples others = loose;
    return others != null && others.hasChunks(mark, from, to);
  }

  /** About how many bytes it takes, full chunks and sealed rows left out. */
  public long idleBytes() {
    LooseSamples others = loose;
    return BYTES + (others == null ? 0 : others.idleBytes());
  }

  /**
   * Takes it out of the head with its loose samples; its slot stays empty.
   *
   * @return how many bytes became free
   */
  public long remove() {
    LooseSamples others = loose;
    loose = null;
    panel = null;
    removed = true;
    return others == null ? 0 : LooseSamples.BYTES + others.clear();
  }
}
