package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;

/**
 * Reads a sealed panel, rows of slots that became columns, in memory. It can be set to another
 * panel again and again and allocates nothing. It trusts no byte: what breaks the format is a
 * {@link BadPanelException}, and nothing outside of the panel is read. For use by one thread.
 *
 * <pre>
 * panel     --> version (u8, 1), flags (u8), rows (u8, 1 to 255), slots (u16, 1 to 512),
 *               min time (i64), time axis, first sequence number (zigzag), sequence axis,
 *               code (u8)*slots, base (u16 | u32)*, columns, 0 (u8)*7
 * flags     --> bit 0: bases are u32; bit 1: the time axis has steps; bit 2: the sequence axis has;
 *               the rest is 0
 * code      --> 0: no sample in any row; no bytes
 *             | 1: 0.0 in every row; no bytes
 *             | 2: 1.0 in every row; no bytes
 *             | 3 to 8: a whole number in every row, in code - 2 bytes
 *             | 16 to 254: a column of code - 15 bytes
 *             | 255: its length (u16), then the column
 * column    --> header (u8), scale?, presence, patches?, numbers, last places?
 * header    --> bits 0-2: kind of the numbers; bits 3-4: form of the presence; bit 5: has a scale;
 *               bit 6: has patches; bit 7: has last places
 * scale     --> code (bits 0-6 of a byte; bit 7: has a divisor), divisor? (uvarint)
 * patches   --> count (u8), row (u8)*count, raw bits of the double (i64)*count
 * numbers   --> by kind: 0 constant, 1 few changes, 2 to 4 frame of reference of order 0 to 2,
 *               5 rice, 6 xor
 * last places --> frame of reference of order 0
 * </pre>
 *
 * <p>Numbers are little endian. A base is where the column of each slot that is a multiple of 16
 * begins, from the begin of the columns; there is none for slot 0. Times and sequence numbers:
 * {@code RowAxis}. The numbers are those of the rows that have a sample and no patch; without a
 * scale they are the values; with one, see {@code Scale}. Last places are added to the bits of the
 * doubles. The kinds of numbers are in the Javadoc of their classes.
 */
public final class SealedPanel {
  static final int VERSION = 1;
  static final int WIDE_BASES = 1;
  static final int TIME_STEPS = 2;
  static final int SEQUENCE_STEPS = 4;

  /** So many bytes at the end let eight be read at any place. */
  static final int PADDING = 7;

  static final int MAX_NARROW_BASE = 0xffff;

  private final Cursor cursor = new Cursor();
  private final ColumnReader reader = new ColumnReader();
  private final long[] scratch = new long[PanelMatrix.MAX_ROWS];
  private long start;
  private int flags;
  private int rows;
  private int slots;
  private long minTime;
  private long timeSpan;
  private long timeSteps;
  private long timeStepsLength;
  private long firstSequence;
  private long sequenceSpan;
  private long sequenceSteps;
  private long sequenceStepsLength;
  private long codes;
  private long bases;
  private long columns;
  private long end;

  /**
   * Sets it to the panel at an address, which must stay there as long as it is read.
   *
   * @throws BadPanelException if the panel's header breaks the format; columns are checked when
   *     they are read
   */
  public SealedPanel reset(long address, long length) {
    rows = 0;
    slots = 0;
    start = address;
    end = address + length - PADDING;
    cursor.reset(address, end);
    int version = cursor.u8();
    if (version != VERSION) {
      throw new BadPanelException("a sealed panel of version %d, not 1".formatted(version));
    }
    flags = cursor.u8();
    if (flags > (WIDE_BASES | TIME_STEPS | SEQUENCE_STEPS)) {
      throw new BadPanelException("a sealed panel with the flags %#x".formatted(flags));
    }
    int someRows = cursor.u8();
    int someSlots = cursor.u8() | cursor.u8() << 8;
    if (someRows == 0 || someSlots == 0 || someSlots > PanelMatrix.MAX_SLOTS) {
      throw new BadPanelException(
          "a sealed panel of %d rows and %d slots".formatted(someRows, someSlots));
    }
    minTime = cursor.int64();
    readAxes();
    codes = cursor.take(someSlots);
    bases = cursor.take((long) (Directory.groups(someSlots) - 1) * baseBytes());
    columns = cursor.at();
    rows = someRows;
    slots = someSlots;
    return this;
  }

  private void readAxes() {
    timeSpan = cursor.uvarint();
    timeStepsLength = (flags & TIME_STEPS) != 0 ? cursor.uvarint() : 0;
    timeSteps = cursor.take(timeStepsLength);
    firstSequence = cursor.zigzag();
    sequenceSpan = cursor.uvarint();
    sequenceStepsLength = (flags & SEQUENCE_STEPS) != 0 ? cursor.uvarint() : 0;
    sequenceSteps = cursor.take(sequenceStepsLength);
  }

  private int baseBytes() {
    return (flags & WIDE_BASES) != 0 ? 4 : 2;
  }

  /** How many rows it has. */
  public int rows() {
    return rows;
  }

  /** How many slots it has. */
  public int slots() {
    return slots;
  }

  /** The time of the first row. */
  public long minTime() {
    return minTime;
  }

  /** The time of the last row. */
  public long maxTime() {
    return minTime + timeSpan;
  }

  /** The sequence number of the first row. */
  public long minSequence() {
    return firstSequence;
  }

  /** The sequence number of the last row. */
  public long maxSequence() {
    return firstSequence + sequenceSpan;
  }

  /** Puts the times of the rows into {@code out}. */
  public void times(long[] out) {
    if ((flags & TIME_STEPS) != 0) {
      cursor.reset(timeSteps, timeSteps + timeStepsLength);
      RowAxis.readSteps(cursor, minTime, out, scratch, rows);
    } else {
      RowAxis.readRegular(minTime, timeSpan, out, rows);
    }
  }

  /** Puts the sequence numbers of the rows into {@code out}. */
  public void sequences(long[] out) {
    if ((flags & SEQUENCE_STEPS) != 0) {
      cursor.reset(sequenceSteps, sequenceSteps + sequenceStepsLength);
      RowAxis.readSteps(cursor, firstSequence, out, scratch, rows);
    } else {
      RowAxis.readRegular(firstSequence, sequenceSpan, out, rows);
    }
  }

  /** Whether a slot has no sample in any row. */
  public boolean isAbsent(int slot) {
    return code(slot) == Directory.ABSENT;
  }

  /** Whether a slot has the same value in every row; then {@link #constant} has it. */
  public boolean isConstant(int slot) {
    int code = code(slot);
    if (code < Directory.FIRST_LENGTH) {
      return code != Directory.ABSENT;
    }
    locate(slot);
    int header = cursor.u8() & ~ColumnHeader.SCALED;
    return header == ColumnHeader.of(Constant.KIND, Presence.ALL);
  }

  /** The value of a slot that {@link #isConstant}. */
  public double constant(int slot) {
    int code = locate(slot);
    if (code >= Directory.FIRST_LENGTH) {
      return reader.readConstant(cursor);
    }
    if (code == Directory.ABSENT) {
      throw new IllegalArgumentException("slot %d has no sample".formatted(slot));
    }
    return ColumnReader.readConstant(code, cursor);
  }

  /**
   * Decodes the column of a slot.
   *
   * @param values gets the value of each row that has a sample; the others are not defined; has at
   *     least as many places as there are rows
   * @param presentBits gets a bit for each row that says whether it has a sample, 64 rows to a
   *     number; has at least one number for each begun 64 rows
   * @return how many rows have a sample
   */
  public int column(int slot, double[] values, long[] presentBits) {
    return reader.read(locate(slot), cursor, rows, values, presentBits);
  }

  /** How many bytes are before the columns: what all slots share, and the directory. */
  int headerLength() {
    return (int) (columns - start);
  }

  /**
   * The code of a slot without bytes of its own; else bit 16, the header of its column in bits 8 to
   * 15, and the byte of its scale, 0 if it has none.
   */
  int description(int slot) {
    int code = locate(slot);
    if (code < Directory.FIRST_LENGTH) {
      return code;
    }
    int header = cursor.u8();
    return 1 << 16 | header << 8 | ((header & ColumnHeader.SCALED) != 0 ? cursor.u8() : 0);
  }

  /** Decodes all that there is and says whether it is in the format, by an exception if not. */
  public void check() {
    long[] axis = new long[PanelMatrix.MAX_ROWS];
    times(axis);
    checkAxis("time", axis, maxTime());
    sequences(axis);
    checkAxis("sequence number", axis, maxSequence());
    double[] values = new double[PanelMatrix.MAX_ROWS];
    long[] present = new long[Presence.WORDS];
    long at = columns;
    for (int slot = 0; slot < slots; slot++) {
      if (slot % Directory.GROUP == 0 && at != base(slot / Directory.GROUP)) {
        throw new BadPanelException("slot %d begins at a wrong base".formatted(slot));
      }
      column(slot, values, present);
      at = cursor.end();
    }
    if (at != end) {
      throw new BadPanelException("%d bytes after the last column".formatted(end - at));
    }
    for (int i = 0; i < PADDING; i++) {
      if (Memory.getByte(end + i) != 0) {
        throw new BadPanelException("a sealed panel that does not end with zeros");
      }
    }
  }

  /**
   * Checks bytes that nobody vouches for.
   *
   * @throws BadPanelException if they are not one whole sealed panel
   */
  public static void check(byte[] bytes) {
    try (Block block = new Block(Math.max(8, bytes.length), MemoryKind.SCRATCH)) {
      Memory.copy(bytes, 0, block.address(), bytes.length);
      new SealedPanel().reset(block.address(), bytes.length).check();
    }
  }

  private void checkAxis(String what, long[] numbers, long last) {
    for (int i = 1; i < rows; i++) {
      if (numbers[i] < numbers[i - 1]) {
        throw new BadPanelException("the %s falls at row %d".formatted(what, i));
      }
    }
    if (numbers[rows - 1] != last) {
      throw new BadPanelException(
          "the last %s is %d, not %d".formatted(what, numbers[rows - 1], last));
    }
  }

  private int code(int slot) {
    if (slot < 0 || slot >= slots) {
      throw new IndexOutOfBoundsException("slot %d of %d".formatted(slot, slots));
    }
    return Memory.getUnsignedByte(codes + slot);
  }

  private long base(int group) {
    if (group == 0) {
      return columns;
    }
    long at = bases + (long) (group - 1) * baseBytes();
    return columns
        + (baseBytes() == 4
            ? Integer.toUnsignedLong(Memory.getInt(at))
            : Memory.getUnsignedShort(at));
  }

  /** Sets the cursor to the column of a slot; its code. */
  private int locate(int slot) {
    int code = code(slot);
    int group = slot / Directory.GROUP;
    long at = base(group);
    for (int before = group * Directory.GROUP; before < slot; before++) {
      at += Directory.extent(Memory.getUnsignedByte(codes + before), at, end);
    }
    long extent = Directory.extent(code, at, end);
    if (at + extent > end) {
      throw new BadPanelException("the column of slot %d ends after the panel".formatted(slot));
    }
    cursor.reset(code == Directory.LONG ? at + 2 : at, at + extent);
    return code;
  }
}
