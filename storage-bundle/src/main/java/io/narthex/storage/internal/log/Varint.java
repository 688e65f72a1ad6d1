package io.narthex.storage.internal.log;

import java.nio.ByteBuffer;

/** Unsigned numbers of 1 to 10 bytes, seven bits a byte, lowest first. */
final class Varint {
  private Varint() {}

  /** Writes; gives the index after it. */
  static int put(byte[] into, int index, long value) {
    int at = index;
    long v = value;
    while ((v & ~0x7fL) != 0) {
      into[at++] = (byte) (v | 0x80);
      v >>>= 7;
    }
    into[at++] = (byte) v;
    return at;
  }

  /** Reads what a checksum has vouched for. */
  static long get(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = in.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalStateException("a number is longer than 64 bits");
  }
}
