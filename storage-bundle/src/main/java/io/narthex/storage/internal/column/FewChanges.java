package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Memory;
import java.util.Arrays;

/**
 * The first number, and those that differ from the one before.
 *
 * <pre>
 * few changes --> number, changes (u8), index (u8)*changes, step*changes
 * step        --> zigzag varint, times the divisor to be added | number, if bits of doubles
 * </pre>
 */
final class FewChanges implements ColumnEncoding {
  static final int KIND = 1;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public int size(Integers in, int best) {
    int size = in.sizeOf(in.first()) + 1 + 2 * in.changes();
    if (size >= best) {
      return NONE;
    }
    if (in.isRaw()) {
      return size + 7 * in.changes();
    }
    long[] steps = in.stream(1);
    for (int i = 1; i < in.count(); i++) {
      if (steps[i] != 0) {
        size += ByteSink.sizeOfZigzag(steps[i]) - 1;
      }
    }
    return size;
  }

  @Override
  public void write(Integers in, ByteSink out) {
    in.write(in.first(), out);
    out.u8(in.changes());
    long[] steps = in.stream(1);
    for (int i = 1; i < in.count(); i++) {
      if (steps[i] != 0) {
        out.u8(i);
      }
    }
    for (int i = 1; i < in.count(); i++) {
      if (steps[i] != 0) {
        in.write(in.isRaw() ? in.numbers[i] : steps[i], out);
      }
    }
  }

  static void read(Cursor in, boolean raw, long divisor, long[] out, int count) {
    long number = Integers.read(in, raw);
    int changes = in.u8();
    long at = in.take(changes);
    int from = 0;
    for (int i = 0; i < changes; i++) {
      int to = Memory.getUnsignedByte(at + i);
      if (to <= from || to >= count) {
        throw new BadPanelException(
            "a change at %d after %d of %d samples".formatted(to, from, count));
      }
      Arrays.fill(out, from, to, number);
      number = raw ? in.int64() : number + divisor * in.zigzag();
      from = to;
    }
    Arrays.fill(out, from, count, number);
  }
}
