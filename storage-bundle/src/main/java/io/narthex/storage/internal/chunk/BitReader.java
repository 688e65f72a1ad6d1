package io.narthex.storage.internal.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads what {@link BitWriter} wrote, never beyond the end it was given; to be used again. */
final class BitReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[0];
  private long bit;
  private long end;

  /** Begins at a byte and ends before another. */
  void reset(byte[] array, int from, int to) {
    bytes = array;
    bit = from * 8L;
    end = to * 8L;
  }

  /** How many bits are left. */
  long remaining() {
    return end - bit;
  }

  /** Reads {@code n} bits, 1 to 64. */
  long read(int n) {
    if (n > end - bit) {
      throw new BadChunkException(
          "the chunk ends after %d bits, in the midst of a number of %d bits that begins at %d"
              .formatted(end, n, bit));
    }
    long word = peek();
    int shift = (int) bit & 7;
    if (shift + n > 64) {
      word |= (bytes[(int) (bit >>> 3) + 8] & 0xffL) >>> (8 - shift);
    }
    bit += n;
    return word >>> (64 - n);
  }

  /** At least the next 57 bits, from the top; zeros where the array has ended. */
  private long peek() {
    int at = (int) (bit >>> 3);
    int shift = (int) bit & 7;
    if (at + 8 <= bytes.length) {
      return (long) LONG.get(bytes, at) << shift;
    }
    long word = 0;
    for (int i = at; i < bytes.length; i++) {
      word |= (bytes[i] & 0xffL) << (56 - 8 * (i - at));
    }
    return word << shift;
  }

  /** Reads a number that may be negative. */
  long readSigned() {
    int width = readWidth();
    if (width == 0 || width == 64) {
      return width == 0 ? 0 : read(64);
    }
    long value = read(width);
    return value > 1L << (width - 1) ? value - (1L << width) : value;
  }

  /** Reads a number from 0 to 2^64 - 1. */
  long readUnsigned() {
    int width = readWidth();
    return width == 0 ? 0 : read(width);
  }

  private int readWidth() {
    int ones = Math.min(8, Long.numberOfLeadingZeros(~peek()));
    read(Math.min(8, ones + 1));
    return BitWriter.WIDTHS[ones];
  }
}
