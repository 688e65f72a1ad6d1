package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Memory;

/**
 * The bits of doubles, each XORed with those before: takes everything.
 *
 * <pre>
 * xor  --> number (the first), next*
 * next --> 0                                                     the same
 *        | 1 0 bits(length)                                      in the window of before
 *        | 1 1 bits(6) trailing, bits(6) length - 1, bits(length)
 * </pre>
 *
 * <p>The lowest bit is first; a window is {@code length} bits above {@code trailing} lower ones;
 * before the first window it is all 64 bits.
 */
final class XorBits implements ColumnEncoding {
  static final int KIND = 6;

  @Override
  public int kind() {
    return KIND;
  }

  @Override
  public int size(Integers in, int best) {
    if (!in.isRaw()) {
      return NONE;
    }
    int bits = 64;
    int trailing = 0;
    int length = 64;
    for (int i = 1; i < in.count(); i++) {
      long xor = in.numbers[i] ^ in.numbers[i - 1];
      if (xor == 0) {
        bits++;
        continue;
      }
      if (needsWindow(xor, trailing, length)) {
        trailing = Long.numberOfTrailingZeros(xor);
        length = 64 - Long.numberOfLeadingZeros(xor) - trailing;
        bits += 12;
      }
      bits += 2 + length;
    }
    return (bits + 7) >>> 3;
  }

  /** A new window also where the old one wastes more than it costs to give another. */
  private static boolean needsWindow(long xor, int trailing, int length) {
    int newTrailing = Long.numberOfTrailingZeros(xor);
    int newLength = 64 - Long.numberOfLeadingZeros(xor) - newTrailing;
    return newTrailing < trailing
        || newTrailing + newLength > trailing + length
        || newLength + 14 < length;
  }

  @Override
  public void write(Integers in, ByteSink out) {
    out.littleEndian(in.first(), 8);
    int trailing = 0;
    int length = 64;
    for (int i = 1; i < in.count(); i++) {
      long xor = in.numbers[i] ^ in.numbers[i - 1];
      if (xor == 0) {
        out.bits(0, 1);
        continue;
      }
      if (needsWindow(xor, trailing, length)) {
        trailing = Long.numberOfTrailingZeros(xor);
        length = 64 - Long.numberOfLeadingZeros(xor) - trailing;
        out.bits(0b11 | trailing << 2 | (length - 1) << 8, 14);
      } else {
        out.bits(0b01, 2);
      }
      writeWindow(xor >>> trailing, length, out);
    }
    out.align();
  }

  private static void writeWindow(long value, int length, ByteSink out) {
    if (length > 32) {
      out.bits(value, 32);
      out.bits(value >>> 32, length - 32);
    } else {
      out.bits(value, length);
    }
  }

  static void read(Cursor in, long[] out, int count) {
    long bits = in.int64();
    out[0] = bits;
    long address = in.at();
    long end = in.remaining() << 3;
    long at = 0;
    int trailing = 0;
    int length = 64;
    for (int i = 1; i < count; i++) {
      if (at >= end) {
        throw new BadPanelException("values end after %d of %d".formatted(i, count));
      }
      long window = Memory.getLong(address + (at >>> 3)) >>> (at & 7);
      if ((window & 1) == 0) {
        at++;
        out[i] = bits;
        continue;
      }
      if ((window & 2) == 0) {
        at += 2;
      } else {
        trailing = (int) (window >>> 2) & 0x3f;
        length = ((int) (window >>> 8) & 0x3f) + 1;
        at += 14;
      }
      if (trailing + length > 64 || at + length > end) {
        throw new BadPanelException(
            "a window of %d bits above %d, %d bits before the end"
                .formatted(length, trailing, end - at));
      }
      bits ^= window(address, at, length) << trailing;
      at += length;
      out[i] = bits;
    }
    in.take((at + 7) >>> 3);
  }

  private static long window(long address, long at, int length) {
    long low = Memory.getLong(address + (at >>> 3)) >>> (at & 7);
    if (length <= BitPacking.MAX_NARROW) {
      return low & ((1L << length) - 1);
    }
    long rest = at + 32;
    long high = Memory.getLong(address + (rest >>> 3)) >>> (rest & 7);
    return (low & 0xffffffffL) | (high & ((1L << (length - 32)) - 1)) << 32;
  }
}
