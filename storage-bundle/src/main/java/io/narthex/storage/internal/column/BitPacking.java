package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Memory;

/** Numbers of equally many bits each, one after the other, the lowest bit first. */
final class BitPacking {
  /** The widest that is not 64: so many bits lie in any eight bytes, wherever they begin. */
  static final int MAX_NARROW = 56;

  private BitPacking() {}

  /** The bits that a number needs: 0 to 56, or 64. */
  static int width(long unsigned) {
    int bits = 64 - Long.numberOfLeadingZeros(unsigned);
    return bits > MAX_NARROW ? 64 : bits;
  }

  static boolean isWidth(int width) {
    return width <= MAX_NARROW || width == 64;
  }

  static int bytes(int count, int width) {
    return (count * width + 7) >>> 3;
  }

  /** Fills {@code out} from {@code from} to {@code to}. */
  static void read(Cursor in, int width, long[] out, int from, int to) {
    if (!isWidth(width)) {
      throw new BadPanelException("numbers of %d bits, not 0 to 56 or 64".formatted(width));
    }
    long address = in.take(bytes(to - from, width));
    if (width == 0) {
      for (int i = from; i < to; i++) {
        out[i] = 0;
      }
    } else if (width == 64) {
      for (int i = from; i < to; i++) {
        out[i] = Memory.getLong(address + 8L * (i - from));
      }
    } else {
      readNarrow(address, width, out, from, to);
    }
  }

  private static void readNarrow(long address, int width, long[] out, int from, int to) {
    long mask = (1L << width) - 1;
    int bit = 0;
    int i = from;
    if (width <= 14) {
      for (; i + 3 < to; i += 4) {
        long four = Memory.getLong(address + (bit >>> 3)) >>> (bit & 7);
        out[i] = four & mask;
        out[i + 1] = (four >>> width) & mask;
        out[i + 2] = (four >>> (2 * width)) & mask;
        out[i + 3] = (four >>> (3 * width)) & mask;
        bit += 4 * width;
      }
    }
    for (; i < to; i++) {
      out[i] = (Memory.getLong(address + (bit >>> 3)) >>> (bit & 7)) & mask;
      bit += width;
    }
  }
}
