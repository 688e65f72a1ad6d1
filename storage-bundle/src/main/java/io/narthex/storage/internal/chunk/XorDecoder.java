package io.narthex.storage.internal.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads XOR chunks (see {@link XorEncoder}), many samples at a time and without allocation; to be
 * used again and again.
 */
public final class XorDecoder {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] NOTHING = new byte[XorEncoder.HEADER_BYTES];

  private byte[] bytes = NOTHING;
  private int bit;
  private int count;
  private int read;
  private long time;
  private long timeDelta;
  private long valueBits;
  private int leading;
  private int trailing;

  /**
   * Begins a chunk.
   *
   * @param samples how many to read; the chunk may hold more
   */
  public void reset(byte[] chunk, int samples) {
    bytes = chunk;
    count = samples;
    bit = XorEncoder.HEADER_BYTES * 8;
    read = 0;
    time = 0;
    timeDelta = 0;
    valueBits = 0;
    leading = 0;
    trailing = 0;
  }

  /** How many samples are left. */
  public int remaining() {
    return count - read;
  }

  /** Reads the next sample, which must be there; then {@link #time} and {@link #value} have it. */
  public void next() {
    if (read == 0) {
      long zigzag = readUvarint();
      time = (zigzag >>> 1) ^ -(zigzag & 1);
      valueBits = readBits(64);
    } else {
      timeDelta = read == 1 ? readUvarint() : timeDelta + readDeltaOfDelta();
      time += timeDelta;
      readXor();
    }
    read++;
  }

  /** The time of the sample last read. */
  public long time() {
    return time;
  }

  /** The value of the sample last read. */
  public double value() {
    return Double.longBitsToDouble(valueBits);
  }

  private long readUvarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long b = readBits(8);
      value |= (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new IllegalStateException("a number in a chunk is longer than 64 bits");
  }

  private long readDeltaOfDelta() {
    if (readBits(1) == 0) {
      return 0;
    }
    if (readBits(1) == 0) {
      return signed(14);
    }
    if (readBits(1) == 0) {
      return signed(17);
    }
    return readBits(1) == 0 ? signed(20) : readBits(64);
  }

  private long signed(int n) {
    long bits = readBits(n);
    return bits > 1L << (n - 1) ? bits - (1L << n) : bits;
  }

  private void readXor() {
    if (readBits(1) == 0) {
      return;
    }
    if (readBits(1) == 1) {
      leading = (int) readBits(5);
      int significant = (int) readBits(6);
      trailing = 64 - leading - (significant == 0 ? 64 : significant);
    }
    valueBits ^= readBits(64 - leading - trailing) << trailing;
  }

  private long readBits(int n) {
    int at = bit >>> 3;
    int shift = bit & 7;
    bit += n;
    if (at + 9 <= bytes.length) {
      long word = (long) LONG.get(bytes, at) << shift;
      if (shift + n > 64) {
        word |= (bytes[at + 8] & 0xffL) >>> (8 - shift);
      }
      return word >>> (64 - n);
    }
    return readBitsNearEnd(at, shift, n);
  }

  private long readBitsNearEnd(int at, int shift, int n) {
    long value = 0;
    int index = at;
    int skip = shift;
    int remaining = n;
    while (remaining > 0) {
      int take = Math.min(8 - skip, remaining);
      int part = ((bytes[index] & 0xff) >>> (8 - skip - take)) & ((1 << take) - 1);
      value = (value << take) | part;
      remaining -= take;
      skip = 0;
      index++;
    }
    return value;
  }
}
