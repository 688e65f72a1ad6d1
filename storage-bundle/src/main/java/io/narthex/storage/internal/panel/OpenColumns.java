package io.narthex.storage.internal.panel;

import java.util.Arrays;

/**
 * The open rows of some slots of a panel, as columns: one walk over the rows serves all the slots
 * that a query wants. For use by one thread.
 */
public final class OpenColumns {
  private static final short UNWANTED = -1;

  private final short[] placeOf = new short[Panel.MAX_SLOTS];
  private int wanted;
  private int capacity;
  private int rows;
  private long[] times = {};
  private double[] values = {};
  private long[] present = {};

  /** Columns of no slots. */
  public OpenColumns() {
    Arrays.fill(placeOf, UNWANTED);
  }

  /** Wants a slot; before {@link #decode}. */
  public void want(int slot) {
    if (placeOf[slot] == UNWANTED) {
      placeOf[slot] = (short) wanted++;
    }
  }

  /**
   * Makes the columns of the wanted slots.
   *
   * @param mark rows of later commits are left out
   */
  public void decode(Panel.View view, long mark) {
    capacity = view.open().rows();
    times = new long[capacity];
    values = new double[capacity * wanted];
    present = new long[words() * wanted];
    rows = new RowRuns().walk(view.open(), mark, new Filling());
  }

  private int words() {
    return (capacity + 63) / 64;
  }

  private final class Filling implements RowRuns.Sink {
    @Override
    public void row(int row, long time, long commit) {
      times[row] = time;
    }

    @Override
    public void run(int slot, int fromRow, int toRow, long number, int form) {
      int place = placeOf[slot];
      if (place != UNWANTED) {
        Arrays.fill(
            values,
            place * capacity + fromRow,
            place * capacity + toRow,
            SlotValue.value(number, form));
        for (int row = fromRow; row < toRow; row++) {
          present[place * words() + row / 64] |= 1L << row;
        }
      }
    }
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** The time of a row. */
  public long time(int row) {
    return times[row];
  }

  /** Whether a wanted slot has a sample in a row. */
  public boolean has(int slot, int row) {
    return (present[placeOf[slot] * words() + row / 64] >>> row & 1) != 0;
  }

  /** The value of a wanted slot in a row in which it has a sample. */
  public double value(int slot, int row) {
    return values[placeOf[slot] * capacity + row];
  }
}
