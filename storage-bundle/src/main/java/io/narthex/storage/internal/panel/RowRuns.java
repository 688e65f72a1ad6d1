package io.narthex.storage.internal.panel;

import java.util.Arrays;

/**
 * Turns rows into runs: for each slot, from which row to which it had one value. So what does not
 * change costs nothing, row by row. To be used again and again, by one thread.
 */
final class RowRuns {
  private final RowCursor cursor = new RowCursor();
  private final long[] numbers = new long[Panel.MAX_SLOTS];
  private final byte[] forms = new byte[Panel.MAX_SLOTS];
  private final int[] from = new int[Panel.MAX_SLOTS];

  /** Takes rows and runs. */
  interface Sink {
    /** A row; the first is 0. */
    void row(int row, long time, long commit);

    /** The slot had the value in the rows from one up to another, which is left out. */
    void run(int slot, int fromRow, int toRow, long number, int form);
  }

  /**
   * Walks over rows.
   *
   * @param mark rows of later commits are left out
   * @return how many rows there were
   */
  int walk(OpenRows.View view, long mark, Sink sink) {
    Arrays.fill(numbers, 0);
    Arrays.fill(forms, (byte) SlotValue.ABSENT);
    OpenRows.Walk walk = view.walk();
    int rows = 0;
    while (walk.next() && walk.commit() <= mark) {
      sink.row(rows, walk.time(), walk.commit());
      row(walk, rows++, sink);
    }
    for (int slot = 0; slot < Panel.MAX_SLOTS; slot++) {
      end(slot, rows, sink);
    }
    return rows;
  }

  private void row(OpenRows.Walk walk, int row, Sink sink) {
    cursor.reset(walk.address(), walk.length());
    while (cursor.next()) {
      int slot = cursor.slot();
      int before = forms[slot];
      end(slot, row, sink);
      if (cursor.isStale()) {
        sink.run(slot, row, row + 1, SlotValue.STALE_BITS, SlotValue.RAW);
      }
      numbers[slot] = cursor.number(numbers[slot], before);
      forms[slot] = (byte) cursor.form(before);
      from[slot] = row;
    }
  }

  private void end(int slot, int row, Sink sink) {
    if ((forms[slot] & SlotValue.ABSENT) == 0 && from[slot] < row) {
      sink.run(slot, from[slot], row, numbers[slot], forms[slot]);
    }
  }
}
