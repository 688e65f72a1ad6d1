package io.narthex.storage.internal.document;

import java.nio.charset.StandardCharsets;

/**
 * Reads the primitive forms of the document format; whatever does not fit is a {@link
 * BadDocumentException}.
 */
final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  ByteReader(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.at = from;
    this.end = from + length;
  }

  int remaining() {
    return end - at;
  }

  int u8() {
    if (at >= end) {
      throw new BadDocumentException("the document ends within a value");
    }
    return bytes[at++] & 0xff;
  }

  long uvarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = u8();
      value |= (b & 0x7fL) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new BadDocumentException("a number is longer than 64 bits");
  }

  /** A number that counts things of at least one byte each in the rest of the document. */
  int count(String what) {
    long value = uvarint();
    if (value < 0 || value > remaining()) {
      throw new BadDocumentException(
          "%s %s in %d bytes".formatted(Long.toUnsignedString(value), what, remaining()));
    }
    return (int) value;
  }

  /** Passes over bytes that are there; gives where they begin. */
  int skip(int n) {
    int from = at;
    at += n;
    return from;
  }

  long zigzag() {
    long v = uvarint();
    return (v >>> 1) ^ -(v & 1);
  }

  long littleEndian(int n) {
    if (n > remaining()) {
      throw new BadDocumentException("the document ends within a value");
    }
    long value = 0;
    for (int i = 0; i < n; i++) {
      value |= (bytes[at + i] & 0xffL) << (8 * i);
    }
    at += n;
    return value;
  }

  /** Bits as what differs from a base. */
  long value() {
    int control = u8();
    if (control == 0) {
      return 0;
    }
    int n = control & 0xf;
    int zeros = control >>> 4;
    if (n == 0 || n + zeros > 8) {
      throw new BadDocumentException("a value begins with the byte 0x%02x".formatted(control));
    }
    return littleEndian(n) << (8 * zeros);
  }

  String string() {
    int n = count("bytes of text");
    String value = new String(bytes, at, n, StandardCharsets.UTF_8);
    at += n;
    return value;
  }
}
