package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;

/**
 * Turns matrices into sealed panels ({@link SealedPanel} has the format). Every column is decoded
 * again and compared with the matrix bit for bit before it counts. For use by one thread; holds
 * memory outside of the heap until closed.
 */
public final class PanelSealer implements AutoCloseable {
  private static final int FIRST_CAPACITY = 16 * 1024;
  private static final byte[] PADDING = new byte[SealedPanel.PADDING];

  /** More than the longest column, with the padding. */
  private static final int SCRATCH_BYTES = 4096;

  private final ColumnWriter writer;
  private final RowAxis axis = new RowAxis();
  private final ColumnReader reader = new ColumnReader();
  private final Cursor cursor = new Cursor();
  private final Block scratch = new Block(SCRATCH_BYTES, MemoryKind.SCRATCH);
  private final double[] values = new double[PanelMatrix.MAX_ROWS];
  private final long[] present = new long[Presence.WORDS];
  private final byte[] codes = new byte[PanelMatrix.MAX_SLOTS];
  private final int[] bases = new int[PanelMatrix.MAX_SLOTS / Directory.GROUP];
  private final ByteSink column = new ByteSink(SCRATCH_BYTES);
  private final ByteSink columns = new ByteSink(FIRST_CAPACITY);
  private final ByteSink out = new ByteSink(FIRST_CAPACITY);
  private long fallbacks;

  /** Allocates what it needs. */
  public PanelSealer() {
    this(new ColumnWriter());
  }

  PanelSealer(ColumnWriter writer) {
    this.writer = writer;
  }

  /**
   * Seals the matrix.
   *
   * @return how many of the {@link #bytes} are the sealed panel
   * @throws IllegalArgumentException if the times or the sequence numbers of the rows fall
   */
  public int seal(PanelMatrix matrix) {
    checkRises("time", matrix.times(), matrix.rows());
    checkRises("sequence number", matrix.sequences(), matrix.rows());
    columns.clear();
    for (int slot = 0; slot < matrix.slots(); slot++) {
      if (slot % Directory.GROUP == 0) {
        bases[slot / Directory.GROUP] = columns.length();
      }
      codes[slot] = (byte) sealColumn(matrix, slot);
    }
    out.clear();
    boolean isWide = columns.length() > SealedPanel.MAX_NARROW_BASE;
    writeHeader(matrix, isWide);
    out.raw(codes, matrix.slots());
    for (int group = 1; group < Directory.groups(matrix.slots()); group++) {
      out.littleEndian(bases[group], isWide ? 4 : 2);
    }
    out.raw(columns.bytes(), columns.length());
    out.raw(PADDING, PADDING.length);
    return out.length();
  }

  /** The array that holds the sealed panel at its beginning, until the next is sealed. */
  public byte[] bytes() {
    return out.bytes();
  }

  /** How many bytes the sealed panel has. */
  public int length() {
    return out.length();
  }

  /**
   * How many columns did not decode to what they were made of and were written as XOR bits: a
   * defect, if it is not 0.
   */
  public long fallbacks() {
    return fallbacks;
  }

  /** Frees its memory. */
  @Override
  public void close() {
    scratch.close();
  }

  private void writeHeader(PanelMatrix matrix, boolean isWide) {
    int rows = matrix.rows();
    boolean hasTimes = !RowAxis.isRegular(matrix.times(), rows);
    boolean hasSequences = !RowAxis.isRegular(matrix.sequences(), rows);
    out.u8(SealedPanel.VERSION);
    out.u8(
        (isWide ? SealedPanel.WIDE_BASES : 0)
            | (hasTimes ? SealedPanel.TIME_STEPS : 0)
            | (hasSequences ? SealedPanel.SEQUENCE_STEPS : 0));
    out.u8(rows);
    out.littleEndian(matrix.slots(), 2);
    out.littleEndian(matrix.times()[0], 8);
    axis.write(matrix.times(), rows, out);
    out.zigzag(matrix.sequences()[0]);
    axis.write(matrix.sequences(), rows, out);
  }

  private int sealColumn(PanelMatrix matrix, int slot) {
    column.clear();
    int code = writer.write(matrix, slot, column);
    if (!isRight(code, matrix, slot)) {
      fallbacks++;
      column.clear();
      code = writer.writeRaw(matrix, slot, column);
      if (!isRight(code, matrix, slot)) {
        throw new IllegalStateException(
            "a column of %d rows does not decode to what it was".formatted(matrix.rows()));
      }
    }
    if (code == ColumnWriter.SELF_DESCRIBING) {
      code = Directory.codeOfLength(column.length());
      if (code == Directory.LONG) {
        columns.littleEndian(column.length(), 2);
      }
    }
    columns.raw(column.bytes(), column.length());
    return code;
  }

  private boolean isRight(int code, PanelMatrix matrix, int slot) {
    int length = column.length();
    int rows = matrix.rows();
    if (length > SCRATCH_BYTES - SealedPanel.PADDING) {
      return false;
    }
    Memory.copy(column.bytes(), 0, scratch.address(), length);
    cursor.reset(scratch.address(), scratch.address() + length);
    try {
      reader.read(code, cursor, rows, values, present);
    } catch (BadPanelException broken) {
      return false;
    }
    int from = slot * rows;
    if (code < Directory.FIRST_LENGTH && code != Directory.ABSENT) {
      return Samples.areSame(matrix, from)
          && Double.doubleToRawLongBits(values[0])
              == Decimal.bits(matrix.numbers()[from], matrix.forms()[from]);
    }
    for (int row = 0; row < rows; row++) {
      int form = matrix.forms()[from + row];
      if (Presence.has(present, row) != (form != PanelMatrix.ABSENT)) {
        return false;
      }
      if (form != PanelMatrix.ABSENT
          && Double.doubleToRawLongBits(values[row])
              != Decimal.bits(matrix.numbers()[from + row], form)) {
        return false;
      }
    }
    return true;
  }

  private static void checkRises(String what, long[] numbers, int n) {
    for (int i = 1; i < n; i++) {
      if (numbers[i] < numbers[i - 1]) {
        throw new IllegalArgumentException(
            "the %s falls from %d to %d at row %d".formatted(what, numbers[i - 1], numbers[i], i));
      }
    }
  }
}
