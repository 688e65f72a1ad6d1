package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Memory;

/**
 * Which rows of a column have a sample: a bit a row, 64 to a word.
 *
 * <pre>
 * presence --> (nothing)                     form 0: all rows
 *            | first (u8)                    form 1: this row and all after it
 *            | first (u8), count (u8)        form 2: a run
 *            | bits, one byte for 8 rows     form 3: any
 * </pre>
 */
final class Presence {
  static final int ALL = 0;
  static final int TAIL = 1;
  static final int RUN = 2;
  static final int ANY = 3;

  /** Words for the most rows that a panel has. */
  static final int WORDS = (PanelMatrix.MAX_ROWS + 63) >>> 6;

  private Presence() {}

  static int words(int rows) {
    return (rows + 63) >>> 6;
  }

  static boolean has(long[] bits, int row) {
    return (bits[row >>> 6] >>> row & 1) != 0;
  }

  static void setAll(long[] bits, int rows) {
    setRun(bits, rows, 0, rows);
  }

  static void setNone(long[] bits, int rows) {
    for (int i = 0; i < words(rows); i++) {
      bits[i] = 0;
    }
  }

  static void setRun(long[] bits, int rows, int first, int count) {
    int end = first + count;
    for (int i = 0; i < words(rows); i++) {
      int from = Math.clamp(first - 64L * i, 0, 64);
      int to = Math.clamp(end - 64L * i, 0, 64);
      bits[i] = from == to ? 0 : -1L >>> (64 - (to - from)) << from;
    }
  }

  static int count(long[] bits, int rows) {
    int count = 0;
    for (int i = 0; i < words(rows); i++) {
      count += Long.bitCount(bits[i]);
    }
    return count;
  }

  /** The smallest form for bits of which {@code count}, at least one, are set. */
  static int form(long[] bits, int rows, int count) {
    int first = first(bits);
    int end = first + count;
    if (count == rows) {
      return ALL;
    }
    boolean isRun = Presence.has(bits, end - 1) && countBefore(bits, end) == count;
    if (isRun) {
      return end == rows ? TAIL : RUN;
    }
    return ANY;
  }

  private static int first(long[] bits) {
    int i = 0;
    while (bits[i] == 0) {
      i++;
    }
    return 64 * i + Long.numberOfTrailingZeros(bits[i]);
  }

  private static int countBefore(long[] bits, int end) {
    int count = 0;
    for (int i = 0; i < words(end); i++) {
      int inWord = Math.min(64, end - 64 * i);
      count += Long.bitCount(bits[i] & -1L >>> (64 - inWord));
    }
    return count;
  }

  static void write(int form, long[] bits, int rows, int count, ByteSink out) {
    switch (form) {
      case ALL -> {}
      case TAIL -> out.u8(first(bits));
      case RUN -> {
        out.u8(first(bits));
        out.u8(count);
      }
      default -> {
        for (int at = 0; at < rows; at += 8) {
          out.u8((int) (bits[at >>> 6] >>> at));
        }
      }
    }
  }

  /** Reads the bits; how many are set. */
  static int read(int form, Cursor in, int rows, long[] bits) {
    switch (form) {
      case ALL -> {
        setAll(bits, rows);
        return rows;
      }
      case TAIL -> {
        int first = in.u8();
        return readRun(rows, bits, first, rows - first);
      }
      case RUN -> {
        int first = in.u8();
        return readRun(rows, bits, first, in.u8());
      }
      default -> {
        return readAny(in, rows, bits);
      }
    }
  }

  private static int readRun(int rows, long[] bits, int first, int count) {
    if (count < 0 || first + count > rows) {
      throw new BadPanelException(
          "samples in %d rows from row %d of %d".formatted(count, first, rows));
    }
    setRun(bits, rows, first, count);
    return count;
  }

  private static int readAny(Cursor in, int rows, long[] bits) {
    int bytes = (rows + 7) >>> 3;
    long address = in.take(bytes);
    setNone(bits, rows);
    for (int i = 0; i < bytes; i++) {
      bits[i >>> 3] |= (long) Memory.getUnsignedByte(address + i) << (8 * i);
    }
    if ((rows & 63) != 0 && bits[rows >>> 6] >>> rows != 0) {
      throw new BadPanelException("a sample beyond the last of %d rows".formatted(rows));
    }
    return count(bits, rows);
  }
}
