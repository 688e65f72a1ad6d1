package io.narthex.storage.internal.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the primitive forms of the document format to a growing array. */
final class ByteWriter {
  private byte[] bytes;
  private int length;

  ByteWriter(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
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
    uvarint((value << 1) ^ (value >> 63));
  }

  /** The lowest {@code n} bytes, lowest first. */
  void littleEndian(long value, int n) {
    reserve(n);
    long v = value;
    for (int i = 0; i < n; i++) {
      bytes[length++] = (byte) v;
      v >>>= 8;
    }
  }

  /** Bits as what differs from a base: nothing, or the bytes from the first to the last of it. */
  void value(long xor) {
    if (xor == 0) {
      u8(0);
      return;
    }
    int zeros = Long.numberOfTrailingZeros(xor) / 8;
    int n = 8 - zeros - Long.numberOfLeadingZeros(xor) / 8;
    u8(zeros << 4 | n);
    littleEndian(xor >>> (8 * zeros), n);
  }

  void string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    uvarint(utf8.length);
    raw(utf8, utf8.length);
  }

  void raw(byte[] source, int n) {
    reserve(n);
    System.arraycopy(source, 0, bytes, length, n);
    length += n;
  }

  private void reserve(int n) {
    if (length + n > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + n));
    }
  }
}
