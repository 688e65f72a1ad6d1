package io.narthex.storage.internal.chunk;

import java.util.Arrays;

/**
 * Builds one XOR chunk, byte for byte as upstream's {@code tsdb/chunkenc/xor.go} would.
 *
 * <pre>
 * chunk  --> count (u16, big endian), first, second?, later*
 * first  --> varint(time), value bits (64)
 * second --> uvarint(time delta), xor
 * later  --> dod, xor
 * dod    --> 0 | 10 dod(14) | 110 dod(17) | 1110 dod(20) | 1111 dod(64)
 * xor    --> 0 | 10 bits(window of before) | 11 leading(5) length(6; 0 is 64) bits(length)
 * </pre>
 *
 * <p>Bits fill each byte from the top. For use by one thread. A reader that was given the array and
 * a count before (under a lock) may go on reading that many samples while more are appended: bits,
 * once written, never change.
 */
public final class XorEncoder implements ChunkEncoder {
  /** What stands for this encoding in blocks. */
  public static final int ENCODING = 1;

  /** How many samples upstream puts into a chunk. */
  public static final int SAMPLES_PER_CHUNK = 120;

  static final int HEADER_BYTES = 2;
  private static final byte NO_WINDOW = -1;

  /** A constant series fills no more in a whole chunk. */
  private static final int FIRST_CAPACITY = 48;

  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length = HEADER_BYTES;
  private int count;
  private long time;
  private long timeDelta;
  private long valueBits;
  private byte freeBits;
  private byte leading = NO_WINDOW;
  private byte trailing;

  /** Adds a sample; times may step as they like, equal and falling ones included. */
  public void append(long timestamp, double value) {
    if (count == 0xffff) {
      throw new IllegalStateException("a chunk holds at most 65535 samples");
    }
    long bits = Double.doubleToRawLongBits(value);
    if (count == 0) {
      writeUvarint((timestamp << 1) ^ (timestamp >> 63));
      writeBits(bits, 64);
    } else if (count == 1) {
      timeDelta = timestamp - time;
      writeUvarint(timeDelta);
      writeXor(bits ^ valueBits);
    } else {
      long delta = timestamp - time;
      writeDeltaOfDelta(delta - timeDelta);
      timeDelta = delta;
      writeXor(bits ^ valueBits);
    }
    time = timestamp;
    valueBits = bits;
    count++;
    bytes[0] = (byte) (count >>> 8);
    bytes[1] = (byte) count;
  }

  @Override
  public int encoding() {
    return ENCODING;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void writeUvarint(long value) {
    long v = value;
    while ((v & ~0x7fL) != 0) {
      writeBits((v & 0x7f) | 0x80, 8);
      v >>>= 7;
    }
    writeBits(v, 8);
  }

  private void writeDeltaOfDelta(long dod) {
    if (dod == 0) {
      writeBits(0, 1);
    } else if (fits(dod, 14)) {
      writeBits(0b10, 2);
      writeBits(dod, 14);
    } else if (fits(dod, 17)) {
      writeBits(0b110, 3);
      writeBits(dod, 17);
    } else if (fits(dod, 20)) {
      writeBits(0b1110, 4);
      writeBits(dod, 20);
    } else {
      writeBits(0b1111, 4);
      writeBits(dod, 64);
    }
  }

  /** Upstream's range is lopsided: one more above than below. */
  private static boolean fits(long x, int bits) {
    return -((1L << (bits - 1)) - 1) <= x && x <= 1L << (bits - 1);
  }

  private void writeXor(long xor) {
    if (xor == 0) {
      writeBits(0, 1);
      return;
    }
    int newLeading = Math.min(31, Long.numberOfLeadingZeros(xor));
    int newTrailing = Long.numberOfTrailingZeros(xor);
    if (leading != NO_WINDOW && newLeading >= leading && newTrailing >= trailing) {
      writeBits(0b10, 2);
      writeBits(xor >>> trailing, 64 - leading - trailing);
      return;
    }
    leading = (byte) newLeading;
    trailing = (byte) newTrailing;
    int significant = 64 - newLeading - newTrailing;
    writeBits(0b11, 2);
    writeBits(newLeading, 5);
    writeBits(significant, 6);
    writeBits(xor >>> newTrailing, significant);
  }

  /** Writes the lowest {@code n} bits, 1 to 64 of them. */
  private void writeBits(long value, int n) {
    long left = value << (64 - n);
    int remaining = n;
    while (remaining > 0) {
      if (freeBits == 0) {
        addByte();
      }
      int take = Math.min(freeBits, remaining);
      bytes[length - 1] |= (byte) ((left >>> (64 - take)) << (freeBits - take));
      left <<= take;
      freeBits -= (byte) take;
      remaining -= take;
    }
  }

  private void addByte() {
    if (length == bytes.length) {
      // By half, in whole words: doubling would leave a third of all head memory unused.
      bytes = Arrays.copyOf(bytes, length + length / 2 + 7 & ~7);
    }
    length++;
    freeBits = 8;
  }
}
