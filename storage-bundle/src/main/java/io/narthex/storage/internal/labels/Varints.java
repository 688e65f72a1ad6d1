package io.narthex.storage.internal.labels;

import io.narthex.storage.internal.memory.Memory;

/** Numbers without sign in as many bytes as they need, seven bits in each, the lowest first. */
final class Varints {
  /** No number of 32 bits takes more bytes. */
  static final int MOST = 5;

  private Varints() {}

  static int put(byte[] into, int from, long value) {
    int at = from;
    long rest = value;
    while (rest >= 0x80) {
      into[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    into[at++] = (byte) rest;
    return at;
  }

  static long put(long address, long value) {
    long at = address;
    long rest = value;
    while (rest >= 0x80) {
      Memory.putByte(at++, (int) (rest | 0x80));
      rest >>>= 7;
    }
    Memory.putByte(at++, (int) rest);
    return at;
  }

  static int size(long value) {
    return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
  }

  static long get(long address) {
    long value = 0;
    long at = address;
    for (int shift = 0; ; shift += 7) {
      int b = Memory.getByte(at++);
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
