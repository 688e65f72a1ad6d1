package io.narthex.storage.internal.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growing row of bits that fill each byte from the top.
 *
 * <p>Numbers in as few bits as they need (upstream: {@code tsdb/chunkenc/varbit.go}), where n is
 * the smallest in whose range the number is:
 *
 * <pre>
 * 0                        --> 0
 * n = 3, 6, 9, 12, 18, 25  --> 1 to 6 ones, 0, n bits (3 has one 1, 25 has six)
 * n = 56                   --> 1111111 0, 56 bits
 * all others               --> 11111111, 64 bits
 * signed range             -2^(n-1) + 1 .. 2^(n-1)
 * unsigned range           0 .. 2^n - 1
 * </pre>
 */
final class BitWriter {
  /** Widths of the forms, by how many ones precede them. */
  static final byte[] WIDTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int FIRST_CAPACITY = 128;

  /** A write of 64 bits touches this many bytes. */
  private static final int REACH = 9;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private long bit;

  /** Begins after some bytes, all 0. */
  BitWriter(int headerBytes) {
    bit = headerBytes * 8L;
  }

  /** The array in use, then zeros; replaced when it grows. Bits once written do not change. */
  byte[] bytes() {
    return bytes;
  }

  /** How many bytes are begun. */
  int length() {
    return (int) ((bit + 7) >>> 3);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length());
  }

  /** Writes the lowest {@code n} bits, 1 to 64 of them. */
  void write(long value, int n) {
    int at = (int) (bit >>> 3);
    int shift = (int) bit & 7;
    if (at + REACH > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length + bytes.length / 2);
    }
    long left = value << (64 - n);
    LONG.set(bytes, at, (long) LONG.get(bytes, at) | (left >>> shift));
    if (shift + n > 64) {
      bytes[at + 8] = (byte) ((left << (64 - shift)) >>> 56);
    }
    bit += n;
  }

  /** Writes a number that may be negative. */
  void writeSigned(long value) {
    if (value == 0) {
      write(0, 1);
      return;
    }
    // The range reaches one further above zero than below.
    long magnitude = value > 0 ? value - 1 : -value;
    writeForm(value, Math.min(64, 65 - Long.numberOfLeadingZeros(magnitude)));
  }

  /** Writes a number from 0 to 2^64 - 1. */
  void writeUnsigned(long value) {
    if (value == 0) {
      write(0, 1);
    } else {
      writeForm(value, 64 - Long.numberOfLeadingZeros(value));
    }
  }

  private void writeForm(long value, int needed) {
    int ones = 1;
    while (WIDTHS[ones] < needed) {
      ones++;
    }
    int width = WIDTHS[ones];
    if (ones == 8) {
      write(0xff, 8);
      write(value, 64);
      return;
    }
    long prefix = (1L << (ones + 1)) - 2;
    write(prefix << width | value & ((1L << width) - 1), ones + 1 + width);
  }
}
