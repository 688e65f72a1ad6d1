package io.narthex.storage.internal.panel;

import io.narthex.storage.internal.column.SealedPanel;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Reclaimer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;

/** A panel, and beside it what it should hold: of each slot, the bits by their times. */
final class PanelModel implements AutoCloseable {
  final PagePool pages = new PagePool(MemoryKind.SCRATCH);
  final PriorityQueue<Long> marks = new PriorityQueue<>();
  final Reclaimer reclaimer =
      new Reclaimer(() -> commit(), () -> marks.isEmpty() ? Long.MAX_VALUE : marks.peek());
  final SealedPlaces sealed = new SealedPlaces(reclaimer);
  private final ColumnSealing sealing = new ColumnSealing();
  final RowEncoder encoder = new RowEncoder();
  final Panel panel =
      new Panel(1, new Panel.Places(pages, reclaimer, sealed, sealing, new RowEncoder(), null));
  final List<TreeMap<Long, Sample>> slots = new ArrayList<>();
  private final RowInput input = new RowInput();
  private final RowSource source;
  private final Random random;
  private long commit = 1;

  /** Older rows were dropped. */
  private long firstKept = Long.MIN_VALUE;

  record Sample(long bits, long commit) {}

  /** Something that was opened at a commit, and what it should see. */
  record Reader(long mark, Panel.View view, long firstKept, int slots) {}

  PanelModel(Random random, int mostSlots) {
    this.random = random;
    this.source = new RowSource(random, mostSlots);
  }

  long commit() {
    return commit;
  }

  /** Ends a commit. */
  void complete() {
    commit++;
    reclaimer.reclaim();
  }

  /** Links a row as storage does; it is of the commit that comes next. */
  void link(long time, boolean base) {
    source.next(input);
    while (slots.size() < source.slots()) {
      panel.occupy(slots.size());
      slots.add(new TreeMap<>());
    }
    boolean isBase = base || panel.nextRow() == 0;
    encode(isBase);
    int offset = random.nextInt(3);
    byte[] bytes = new byte[offset + encoder.length() + 2];
    System.arraycopy(encoder.bytes(), 0, bytes, offset, encoder.length());
    int samples = panel.link(time, commit + 1, isBase, bytes, offset, encoder.length());
    require(samples == input.count(), "%d samples were linked, not %d", samples, input.count());
    for (int slot = 0; slot < source.slots(); slot++) {
      if (source.row[slot] != RowSource.NOTHING) {
        slots.get(slot).put(time, new Sample(source.row[slot], commit + 1));
      }
    }
  }

  private void encode(boolean base) {
    if (base) {
      encoder.encodeBase(input);
    } else {
      encoder.encode(input, panel.states());
    }
  }

  /** The next row, encoded but not linked. */
  byte[] nextRow(boolean base) {
    source.next(input);
    encode(base);
    return Arrays.copyOf(encoder.bytes(), encoder.length());
  }

  Reader open() {
    marks.add(commit);
    return new Reader(commit, panel.view(Long.MIN_VALUE, Long.MAX_VALUE), firstKept, slots.size());
  }

  void close(Reader reader) {
    marks.remove(reader.mark());
    reclaimer.reclaim();
  }

  /** Says that all before is dropped, up to what a view has still. */
  void dropped() {
    Panel.View view = panel.view(Long.MIN_VALUE, Long.MAX_VALUE);
    SealedPanel part = new SealedPanel();
    firstKept =
        view.sealed().length > 0
            ? part.reset(view.sealed()[0], view.lengths()[0]).minTime()
            : view.open().rows() > 0 ? view.open().firstTime() : Long.MAX_VALUE;
  }

  long firstKept() {
    return firstKept;
  }

  /** Compares what a reader sees with what it should. */
  void verify(Reader reader) {
    OpenColumns open = new OpenColumns();
    for (int slot = 0; slot < reader.slots(); slot++) {
      open.want(slot);
      open.want(slot);
    }
    open.decode(reader.view(), reader.mark());
    for (int slot = 0; slot < reader.slots(); slot++) {
      TreeMap<Long, Long> seen = new TreeMap<>();
      readSealed(reader, slot, seen);
      readOpen(open, slot, seen);
      TreeMap<Long, Long> expected = new TreeMap<>();
      slots
          .get(slot)
          .tailMap(reader.firstKept(), true)
          .forEach(
              (time, sample) -> {
                if (sample.commit() <= reader.mark()) {
                  expected.put(time, sample.bits());
                }
              });
      require(seen.equals(expected), "slot %d is%n%s, not%n%s", slot, seen, expected);
    }
  }

  private static void readSealed(Reader reader, int slot, TreeMap<Long, Long> to) {
    SealedPanel part = new SealedPanel();
    long[] times = new long[255];
    long[] commits = new long[255];
    double[] values = new double[255];
    long[] present = new long[4];
    for (int i = 0; i < reader.view().sealed().length; i++) {
      part.reset(reader.view().sealed()[i], reader.view().lengths()[i]);
      if (slot == 0) {
        part.check();
      }
      part.times(times);
      part.sequences(commits);
      if (slot < part.slots()) {
        part.column(slot, values, present);
        for (int row = 0; row < part.rows() && commits[row] <= reader.mark(); row++) {
          if ((present[row / 64] >>> row & 1) != 0) {
            add(to, times[row], values[row]);
          }
        }
      }
    }
  }

  private static void readOpen(OpenColumns open, int slot, TreeMap<Long, Long> to) {
    for (int row = 0; row < open.rows(); row++) {
      if (open.has(slot, row)) {
        add(to, open.time(row), open.value(slot, row));
      }
    }
  }

  private static void add(TreeMap<Long, Long> to, long time, double value) {
    require(to.isEmpty() || to.lastKey() < time, "%d comes after %s", time, to.isEmpty() ? "" : to);
    to.put(time, Double.doubleToRawLongBits(value));
  }

  static void require(boolean right, String message, Object... of) {
    if (!right) {
      throw new AssertionError(message.formatted(of));
    }
  }

  @Override
  public void close() {
    marks.clear();
    reclaimer.reclaim();
    pages.close();
    sealed.close();
    sealing.close();
  }
}
