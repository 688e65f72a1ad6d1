package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Memory;
import java.util.Arrays;

/** Decodes columns; see {@link SealedPanel} for their format. For use by one thread. */
final class ColumnReader {
  private final long[] numbers = new long[PanelMatrix.MAX_ROWS];
  private final long[] places = new long[PanelMatrix.MAX_ROWS];
  private final long[] scratch = new long[PanelMatrix.MAX_ROWS];
  private final double[] single = new double[1];
  private final long[] singlePresent = new long[1];
  private final long[] regular = new long[Presence.WORDS];

  /**
   * Decodes a column.
   *
   * @param code what the directory says of it
   * @param in its bytes and no more
   * @return how many rows have a sample
   */
  int read(int code, Cursor in, int rows, double[] values, long[] present) {
    if (code >= Directory.FIRST_LENGTH) {
      return readColumn(in, rows, values, present);
    }
    if (code == Directory.ABSENT) {
      Presence.setNone(present, rows);
      return 0;
    }
    Presence.setAll(present, rows);
    Arrays.fill(values, 0, rows, readConstant(code, in));
    return rows;
  }

  /** The value of a column that the directory says is constant. */
  static double readConstant(int code, Cursor in) {
    return switch (code) {
      case Directory.ZERO -> 0;
      case Directory.ONE -> 1;
      default -> {
        int bytes = Directory.length(code);
        yield Memory.getLong(in.take(bytes)) & ((1L << (8 * bytes)) - 1);
      }
    };
  }

  /** The value of a column that is constant by its header. */
  double readConstant(Cursor in) {
    readColumn(in, 1, single, singlePresent);
    return single[0];
  }

  private int readColumn(Cursor in, int rows, double[] values, long[] present) {
    int header = in.u8();
    int scale = 0;
    long divisor = 1;
    if ((header & ColumnHeader.SCALED) != 0) {
      int byteOfScale = in.u8();
      scale = byteOfScale & ColumnHeader.SCALE_MASK;
      Scale.check(scale);
      divisor = (byteOfScale & ColumnHeader.DIVIDED) != 0 ? in.uvarint() : 1;
    }
    int samples = Presence.read(ColumnHeader.presence(header), in, rows, present);
    int patches = 0;
    long patchRows = 0;
    if ((header & ColumnHeader.PATCHED) != 0) {
      patches = in.u8();
      patchRows = in.take(9L * patches);
      checkPatches(patchRows, patches, rows, present);
    }
    int count = samples - patches;
    if (count < 1) {
      throw new BadPanelException("a column of %d samples".formatted(count));
    }
    readNumbers(ColumnHeader.kind(header), in, scale == Scale.RAW, divisor, count);
    if ((header & ColumnHeader.LAST_PLACES) != 0) {
      if (!Scale.isDecimal(scale)) {
        throw new BadPanelException("last places of the scale %d".formatted(scale));
      }
      FrameOfReference.read(0, in, false, 1, places, scratch, count);
      Scale.toDoubles(scale, numbers, places, values, count);
    } else {
      Scale.toDoubles(scale, numbers, values, count);
    }
    if (in.remaining() != 0) {
      throw new BadPanelException("%d bytes after a column".formatted(in.remaining()));
    }
    if (count < rows) {
      spread(rows, values, present, count, patchRows, patches);
    }
    return samples;
  }

  private void readNumbers(int kind, Cursor in, boolean raw, long divisor, int count) {
    switch (kind) {
      case Constant.KIND -> Constant.read(in, raw, numbers, count);
      case FewChanges.KIND -> FewChanges.read(in, raw, divisor, numbers, count);
      case 2, 3, 4 ->
          FrameOfReference.read(
              FrameOfReference.order(kind), in, raw, divisor, numbers, scratch, count);
      case Rice.KIND -> Rice.read(in, divisor, numbers, count);
      case XorBits.KIND -> XorBits.read(in, numbers, count);
      default -> throw new BadPanelException("a column of the kind %d".formatted(kind));
    }
  }

  private static void checkPatches(long patchRows, int patches, int rows, long[] present) {
    int last = -1;
    for (int i = 0; i < patches; i++) {
      int row = Memory.getUnsignedByte(patchRows + i);
      if (row <= last || row >= rows || !Presence.has(present, row)) {
        throw new BadPanelException("a patch of row %d after row %d".formatted(row, last));
      }
      last = row;
    }
  }

  /** Moves the regular samples from the front to their rows and puts the patches among them. */
  private void spread(
      int rows, double[] values, long[] present, int count, long patchRows, int patches) {
    for (int i = 0; i < Presence.words(rows); i++) {
      regular[i] = present[i];
    }
    for (int i = 0; i < patches; i++) {
      int row = Memory.getUnsignedByte(patchRows + i);
      regular[row >>> 6] &= ~(1L << row);
    }
    int left = count;
    for (int row = rows - 1; row >= left; row--) {
      if (Presence.has(regular, row)) {
        values[row] = values[--left];
      }
    }
    long patchValues = patchRows + patches;
    for (int i = 0; i < patches; i++) {
      values[Memory.getUnsignedByte(patchRows + i)] =
          Double.longBitsToDouble(Memory.getLong(patchValues + 8L * i));
    }
  }
}
