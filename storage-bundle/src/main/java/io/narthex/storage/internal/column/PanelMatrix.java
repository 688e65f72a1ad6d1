package io.narthex.storage.internal.column;

import java.util.Arrays;

/**
 * Rows of the slots of one panel, as they are before they are sealed. To be used again and again:
 * it grows to the largest that it held. For use by one thread.
 */
public final class PanelMatrix {
  /** The most rows. */
  public static final int MAX_ROWS = 255;

  /** The most slots. */
  public static final int MAX_SLOTS = 512;

  /** The form of a slot that has no sample in a row. */
  public static final byte ABSENT = -1;

  private final long[] times = new long[MAX_ROWS];
  private final long[] sequences = new long[MAX_ROWS];
  private long[] numbers = {};
  private byte[] forms = {};
  private int rows;
  private int slots;

  /** Empties it and gives it a size; no slot has a sample. */
  public void reset(int rows, int slots) {
    if (rows < 1 || rows > MAX_ROWS || slots < 1 || slots > MAX_SLOTS) {
      throw new IllegalArgumentException(
          "%d rows of %d slots; 1 to %d of 1 to %d are right"
              .formatted(rows, slots, MAX_ROWS, MAX_SLOTS));
    }
    this.rows = rows;
    this.slots = slots;
    int size = rows * slots;
    if (numbers.length < size) {
      numbers = new long[size];
      forms = new byte[size];
    }
    Arrays.fill(forms, 0, size, ABSENT);
  }

  /** Says when a row was, and its sequence number; neither may fall from row to row. */
  public void setRow(int row, long time, long sequence) {
    times[row] = time;
    sequences[row] = sequence;
  }

  /** Puts a sample. */
  public void set(int slot, int row, long number, int form) {
    int at = slot * rows + row;
    numbers[at] = number;
    forms[at] = (byte) form;
  }

  /** How many rows it has. */
  public int rows() {
    return rows;
  }

  /** How many slots it has. */
  public int slots() {
    return slots;
  }

  /** The rows' times, to be read and written; more than there are rows. */
  public long[] times() {
    return times;
  }

  /** The rows' sequence numbers, to be read and written; more than there are rows. */
  public long[] sequences() {
    return sequences;
  }

  /**
   * The numbers at {@code slot * rows + row}, to be read and written; another array after a {@link
   * #reset} that made it larger.
   */
  public long[] numbers() {
    return numbers;
  }

  /** The forms beside the {@link #numbers}: 0 to 22, 31 for raw bits, {@link #ABSENT}. */
  public byte[] forms() {
    return forms;
  }
}
