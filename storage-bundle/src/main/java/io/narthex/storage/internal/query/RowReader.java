package io.narthex.storage.internal.query;

import io.narthex.storage.internal.column.SealedPanel;
import io.narthex.storage.internal.panel.OpenColumns;
import org.jspecify.annotations.Nullable;

/** Reads what a series has in rows, in order of time. To be used again and again, by one thread. */
final class RowReader {
  private static final int MAX_ROWS = 255;

  private final long mark;
  private final long minTime;
  private final long maxTime;
  private final SealedPanel sealed = new SealedPanel();
  private final long[] times = new long[MAX_ROWS];
  private final double[] values = new double[MAX_ROWS];
  private final long[] present = new long[(MAX_ROWS + 63) / 64];
  private final long[] commits = new long[MAX_ROWS];

  private @Nullable PanelRows rows;
  private int slot;
  private int nextPart;
  private int row;
  private int rowCount;

  /** All rows of the sealed part have a sample that is wanted. */
  private boolean isWhole;

  private @Nullable OpenColumns open;

  RowReader(long mark, long minTime, long maxTime) {
    this.mark = mark;
    this.minTime = minTime;
    this.maxTime = maxTime;
  }

  /** Goes before the first sample of a slot. */
  void reset(@Nullable PanelRows of, int ofSlot) {
    rows = of;
    slot = ofSlot;
    nextPart = 0;
    row = 0;
    rowCount = 0;
    open = null;
  }

  /** Copies the next samples; gives how many, 0 at the end. */
  int read(long[] toTimes, double[] toValues, int offset, int length) {
    int n = 0;
    while (n < length) {
      if (row == rowCount && !load()) {
        return n;
      }
      OpenColumns last = open;
      n +=
          last == null
              ? readSealed(toTimes, toValues, offset + n, length - n)
              : readOpen(last, toTimes, toValues, offset + n, length - n);
    }
    return n;
  }

  private int readSealed(long[] toTimes, double[] toValues, int offset, int length) {
    if (isWhole && row == 0 && rowCount <= length) {
      System.arraycopy(times, 0, toTimes, offset, rowCount);
      System.arraycopy(values, 0, toValues, offset, rowCount);
      row = rowCount;
      return rowCount;
    }
    int n = 0;
    for (; row < rowCount && n < length; row++) {
      long time = times[row];
      if ((present[row >> 6] >>> row & 1) != 0 && time >= minTime && time <= maxTime) {
        toTimes[offset + n] = time;
        toValues[offset + n++] = values[row];
      }
    }
    return n;
  }

  private int readOpen(
      OpenColumns from, long[] toTimes, double[] toValues, int offset, int length) {
    int n = 0;
    for (; row < rowCount && n < length; row++) {
      long time = from.time(row);
      if (from.has(slot, row) && time >= minTime && time <= maxTime) {
        toTimes[offset + n] = time;
        toValues[offset + n++] = from.value(slot, row);
      }
    }
    return n;
  }

  /** Decodes the next part. */
  private boolean load() {
    PanelRows of = rows;
    if (of == null || open != null) {
      return false;
    }
    row = 0;
    if (nextPart < of.sealedParts()) {
      loadSealed(of, nextPart++);
    } else {
      OpenColumns columns = of.open();
      rowCount = columns.rows();
      open = columns;
    }
    return true;
  }

  private void loadSealed(PanelRows of, int part) {
    sealed.reset(of.address(part), of.length(part));
    rowCount = slot < sealed.slots() ? visible() : 0;
    if (rowCount > 0) {
      sealed.times(times);
      int samples = sealed.column(slot, values, present);
      isWhole = samples == rowCount && times[0] >= minTime && times[rowCount - 1] <= maxTime;
    }
  }

  /** How many rows the reader sees: those of commits up to its mark. */
  private int visible() {
    int n = sealed.rows();
    if (sealed.maxSequence() > mark) {
      sealed.sequences(commits);
      while (n > 0 && commits[n - 1] > mark) {
        n--;
      }
    }
    return n;
  }
}
