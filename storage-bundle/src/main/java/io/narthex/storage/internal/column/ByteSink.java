package io.narthex.storage.internal.column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes bytes, numbers and runs of bits to a growing array; bits fill a byte from the lowest. */
final class ByteSink {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int length;
  private long pending;
  private int pendingBits;

  ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    truncate(0);
  }

  void truncate(int to) {
    length = to;
    pending = 0;
    pendingBits = 0;
  }

  void u8(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void uvarint(long value) {
    reserve(10);
    long v = value;
    while ((v & ~0x7fL) != 0) {
      bytes[length++] = (byte) (v | 0x80);
      v >>>= 7;
    }
    bytes[length++] = (byte) v;
  }

  void zigzag(long value) {
    uvarint(zigzagged(value));
  }

  /** The lowest {@code n} bytes, lowest first. */
  void littleEndian(long value, int n) {
    reserve(8);
    LONGS.set(bytes, length, value);
    length += n;
  }

  void raw(byte[] from, int n) {
    reserve(n);
    System.arraycopy(from, 0, bytes, length, n);
    length += n;
  }

  /** The lowest {@code n} bits, 0 to 56 or 64; higher bits of the value are left out. */
  void bits(long value, int n) {
    if (n == 64) {
      bits(value, 32);
      bits(value >>> 32, 32);
      return;
    }
    reserve(8);
    pending |= (value & ((1L << n) - 1)) << pendingBits;
    pendingBits += n;
    LONGS.set(bytes, length, pending);
    int full = pendingBits >>> 3;
    length += full;
    pending >>>= full << 3;
    pendingBits &= 7;
  }

  /** Ends a run of bits: the rest of the byte is zero. */
  void align() {
    if (pendingBits > 0) {
      bytes[length++] = (byte) pending;
      pending = 0;
      pendingBits = 0;
    }
  }

  static long zigzagged(long value) {
    return (value << 1) ^ (value >> 63);
  }

  static int sizeOfUvarint(long value) {
    return (Math.max(1, 64 - Long.numberOfLeadingZeros(value)) + 6) / 7;
  }

  static int sizeOfZigzag(long value) {
    return sizeOfUvarint(zigzagged(value));
  }

  private void reserve(int n) {
    if (length + n > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + n));
    }
  }
}
