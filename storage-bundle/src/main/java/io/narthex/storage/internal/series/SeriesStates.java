package io.narthex.storage.internal.series;

import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Vector;
import io.narthex.storage.internal.panel.Panel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the samples of each series are, by the series' number: in a slot of a panel, as long as
 * they come in rows, and loose otherwise; perhaps some so and some so. Sixteen bytes a series,
 * outside of the heap; on it is something for series with loose samples only.
 *
 * <p>Changed only under the head's write lock, read under its read lock; {@link #check} alone may
 * be called without a lock, and then its answer is a hint: it may miss a sample that has just come.
 */
public final class SeriesStates implements AutoCloseable {
  /** What one takes, and its reference in the log. */
  public static final int BYTES = 20;

  private static final int WORD_BITS = 3;
  private static final int NO_SEGMENT = 0;

  /** Loose samples are found by a map. */
  private static final int LOOSE_BYTES = LooseSamples.BYTES + 80;

  private static final int PANEL_SHIFT = 32;
  private static final long SLOT_MASK = Panel.MAX_SLOTS - 1;
  private static final long IS_LOOSE = 1L << 9;
  private static final int HOLDS_SHIFT = 10;
  private static final long MOST_HOLDS = (1L << PANEL_SHIFT - HOLDS_SHIFT) - 1;
  private static final long HOLDS_MASK = MOST_HOLDS << HOLDS_SHIFT;

  private final PagePool pool = new PagePool(MemoryKind.SERIES);

  /** Of each series: panel + 1 (32 bits), how many hold it (22), whether it is loose, slot (9). */
  private final Vector words = new Vector(pool, WORD_BITS);

  /** Of each series: segment + 1, reference in it. */
  private final Vector refs = new Vector(pool, WORD_BITS);

  private final Map<Integer, LooseSamples> loose = new ConcurrentHashMap<>();
  private final IntFunction<@Nullable Panel> panels;

  /**
   * States of no series.
   *
   * @param panels the panels by id; may be asked without a lock
   */
  public SeriesStates(IntFunction<@Nullable Panel> panels) {
    this.panels = panels;
  }

  /** A series is new. */
  public void add(int series) {
    Memory.putLong(words.ensure(series), 0);
    Memory.putLong(refs.ensure(series), NO_SEGMENT);
  }

  private long word(int series) {
    long at = series < 0 ? 0 : words.find(series);
    return at == 0 ? 0 : Memory.getLong(at);
  }

  /** The id of the panel that has a slot for it, or -1. */
  public int panelId(int series) {
    return (int) (word(series) >>> PANEL_SHIFT) - 1;
  }

  /** The panel that has a slot for it. */
  public @Nullable Panel panel(int series) {
    return panelOf(word(series));
  }

  private @Nullable Panel panelOf(long word) {
    int id = (int) (word >>> PANEL_SHIFT) - 1;
    return id < 0 ? null : panels.apply(id);
  }

  /** Its slot of the panel. */
  public int slot(int series) {
    return slotOf(word(series));
  }

  private static int slotOf(long word) {
    return (int) (word & SLOT_MASK);
  }

  /** Gives it a slot. */
  public void place(int series, Panel in, int slot) {
    LooseSamples others = loose(series);
    if (others != null) {
      in.noteLoose(others.lastTime());
    }
    long rest = word(series) & (IS_LOOSE | HOLDS_MASK);
    Memory.putLong(words.address(series), (in.id() + 1L) << PANEL_SHIFT | rest | slot);
  }

  /** Its samples that did not come in rows. */
  public @Nullable LooseSamples loose(int series) {
    return looseOf(series, word(series));
  }

  private @Nullable LooseSamples looseOf(int series, long word) {
    return (word & IS_LOOSE) == 0 ? null : loose.get(series);
  }

  /**
   * Somebody may ask for its labels even when it has been removed; so often {@link #release} has to
   * be called. More than millions of them hold it for ever.
   */
  public void hold(int series) {
    long word = word(series);
    if ((word & HOLDS_MASK) != HOLDS_MASK) {
      Memory.putLong(words.address(series), word + (1L << HOLDS_SHIFT));
    }
  }

  /** One less holds it; says whether nobody does any more. */
  public boolean release(int series) {
    long word = word(series);
    long holds = word & HOLDS_MASK;
    if (holds != 0 && holds != HOLDS_MASK) {
      Memory.putLong(words.address(series), word - (1L << HOLDS_SHIFT));
    }
    return holds == 1L << HOLDS_SHIFT;
  }

  /** Whether somebody holds it. */
  public boolean isHeld(int series) {
    return (word(series) & HOLDS_MASK) != 0;
  }

  /** Time of the newest sample, or {@link Long#MIN_VALUE}. */
  public long lastTime(int series) {
    long word = word(series);
    Panel in = panelOf(word);
    LooseSamples others = looseOf(series, word);
    return Math.max(
        in == null ? Long.MIN_VALUE : in.lastTime(slotOf(word)),
        others == null ? Long.MIN_VALUE : others.newestTime());
  }

  /** Time of the oldest sample, or later than {@link #lastTime}. */
  public long firstTime(int series) {
    long word = word(series);
    Panel in = panelOf(word);
    LooseSamples others = looseOf(series, word);
    return Math.min(
        in == null ? Long.MAX_VALUE : in.firstTime(slotOf(word)),
        others == null ? Long.MAX_VALUE : others.firstTime());
  }

  /**
   * Whether a sample would be accepted in order.
   *
   * @param bits of a float
   * @param histogram the sample, if it is none
   */
  public AppendOutcome check(
      int series, long time, long bits, @Nullable NativeHistogram histogram) {
    long word = word(series);
    Panel in = panelOf(word);
    LooseSamples others = looseOf(series, word);
    int slot = slotOf(word);
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
  public @Nullable NativeHistogram lastHistogram(int series) {
    long word = word(series);
    LooseSamples others = looseOf(series, word);
    Panel in = panelOf(word);
    return others == null || in != null && in.lastTime(slotOf(word)) >= others.lastTime()
        ? null
        : others.lastHistogram();
  }

  /**
   * Whether a replay takes a sample in no row. The log has only what was accepted when it was
   * written; rows that are newer may be here already, since those that were sealed come before the
   * log. Loose samples come from nowhere else, and in order.
   */
  public boolean acceptsInReplay(int series, long time) {
    LooseSamples others = loose(series);
    return others == null || time > others.lastTime();
  }

  /** Remembers the reference by which a segment of the log names it. */
  public void referTo(int series, int segment, int reference) {
    Memory.putLong(
        refs.address(series), (segment + 1L) << PANEL_SHIFT | Integer.toUnsignedLong(reference));
  }

  /** The reference in the segment, or -1 if it has none there. */
  public int refIn(int series, int wanted) {
    long at = series < 0 ? 0 : refs.find(series);
    long ref = at == 0 ? NO_SEGMENT : Memory.getLong(at);
    return ref >>> PANEL_SHIFT == (wanted + 1L & 0xffff_ffffL) ? (int) ref : -1;
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
      int series,
      long time,
      long bits,
      @Nullable NativeHistogram histogram,
      long commit,
      long oldestReader) {
    long word = word(series);
    long grown = (word & IS_LOOSE) == 0 ? LOOSE_BYTES : 0;
    Panel in = panelOf(word);
    if (in != null) {
      in.noteLoose(time);
    }
    LooseSamples to = obtainLoose(series, word);
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
      int series,
      long time,
      long bits,
      @Nullable NativeHistogram histogram,
      long commit,
      long oldestReader) {
    long word = word(series);
    long grown = (word & IS_LOOSE) == 0 ? LOOSE_BYTES : 0;
    long inserted = obtainLoose(series, word).insert(time, bits, histogram, commit, oldestReader);
    return inserted < 0 ? inserted : grown + inserted;
  }

  /**
   * Gives a series without them the samples in no row that it had before the process started.
   *
   * @return by how many bytes it grew, those of the samples left out
   */
  public long restore(int series, LooseSamples saved) {
    loose.put(series, saved);
    Memory.putLong(words.address(series), word(series) | IS_LOOSE);
    return LOOSE_BYTES - LooseSamples.BYTES;
  }

  private LooseSamples obtainLoose(int series, long word) {
    LooseSamples to = looseOf(series, word);
    if (to == null) {
      to = new LooseSamples();
      loose.put(series, to);
      Memory.putLong(words.address(series), word | IS_LOOSE);
    }
    return to;
  }

  /** Whether there may be samples in a range of time for a reader of this mark. */
  public boolean mayHaveSamples(int series, long mark, long from, long to) {
    long word = word(series);
    Panel in = panelOf(word);
    int slot = slotOf(word);
    if (in != null && in.lastTime(slot) >= from && in.firstTime(slot) <= to) {
      return true;
    }
    LooseSamples others = looseOf(series, word);
    return others != null && others.hasChunks(mark, from, to);
  }

  /** About how many bytes its loose samples take, full chunks left out. */
  public long idleBytes(int series) {
    LooseSamples others = loose(series);
    return others == null ? 0 : others.idleBytes();
  }

  /**
   * A series is removed, with its loose samples; its slot stays empty.
   *
   * @return how many bytes became free
   */
  public long remove(int series) {
    LooseSamples others = loose(series);
    Memory.putLong(words.address(series), word(series) & HOLDS_MASK);
    loose.remove(series);
    return others == null ? 0 : LOOSE_BYTES + others.clear();
  }

  /**
   * Gives the memory of series back that are there no more.
   *
   * @param next gives the first series that is there and not below one, or {@link
   *     Integer#MAX_VALUE}; each is asked in rising order
   */
  public void cleanUp(Supplier<IntUnaryOperator> next) {
    words.releaseUnused(next.get());
    refs.releaseUnused(next.get());
  }

  /** All bytes that are allocated outside of the heap. */
  public long allocatedBytes() {
    return pool.allocatedBytes();
  }

  /** Frees all memory; nobody may ask for anything any more. */
  @Override
  public void close() {
    loose.clear();
    pool.close();
  }
}
