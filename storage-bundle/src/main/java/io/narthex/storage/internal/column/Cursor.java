package io.narthex.storage.internal.column;

import io.narthex.storage.internal.memory.Memory;

/**
 * Reads what {@link ByteSink} writes, from memory; nothing beyond the end, except that eight bytes
 * may be taken at any place before it (a panel ends with seven bytes for that).
 */
final class Cursor {
  private long at;
  private long end;

  void reset(long from, long to) {
    at = from;
    end = to;
  }

  long at() {
    return at;
  }

  long end() {
    return end;
  }

  long remaining() {
    return end - at;
  }

  /** Passes over bytes that must be there; where they begin. */
  long take(long n) {
    if (n < 0 || n > end - at) {
      throw new BadPanelException(
          "%d bytes are needed, %d are left in this part of the panel".formatted(n, end - at));
    }
    long from = at;
    at += n;
    return from;
  }

  int u8() {
    return Memory.getUnsignedByte(take(1));
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
    throw new BadPanelException("a number of a panel is longer than 64 bits");
  }

  long zigzag() {
    long v = uvarint();
    return (v >>> 1) ^ -(v & 1);
  }

  long int64() {
    return Memory.getLong(take(8));
  }
}
