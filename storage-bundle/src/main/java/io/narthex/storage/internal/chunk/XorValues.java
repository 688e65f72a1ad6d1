package io.narthex.storage.internal.chunk;

import java.util.Arrays;

/**
 * Some doubles that change from sample to sample, each written as what differs from the sample
 * before, with a window of its own (upstream: {@code xorWrite} in {@code tsdb/chunkenc/xor.go}; the
 * form is that of {@link XorEncoder}). One instance writes or reads, not both.
 */
final class XorValues {
  private static final byte NO_WINDOW = -1;

  private final long[] bits;
  private final byte[] leading;
  private final byte[] trailing;

  XorValues(int size) {
    bits = new long[size];
    leading = new byte[size];
    trailing = new byte[size];
    Arrays.fill(leading, NO_WINDOW);
  }

  int size() {
    return bits.length;
  }

  double value(int i) {
    return Double.longBitsToDouble(bits[i]);
  }

  /** All values; a new array. */
  double[] toArray() {
    double[] values = new double[bits.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.longBitsToDouble(bits[i]);
    }
    return values;
  }

  void writeFirst(BitWriter out, int i, double value) {
    bits[i] = Double.doubleToRawLongBits(value);
    out.write(bits[i], 64);
  }

  void write(BitWriter out, int i, double value) {
    long now = Double.doubleToRawLongBits(value);
    long xor = now ^ bits[i];
    bits[i] = now;
    if (xor == 0) {
      out.write(0, 1);
      return;
    }
    int newLeading = Math.min(31, Long.numberOfLeadingZeros(xor));
    int newTrailing = Long.numberOfTrailingZeros(xor);
    if (leading[i] != NO_WINDOW && newLeading >= leading[i] && newTrailing >= trailing[i]) {
      out.write(0b10, 2);
      out.write(xor >>> trailing[i], 64 - leading[i] - trailing[i]);
      return;
    }
    leading[i] = (byte) newLeading;
    trailing[i] = (byte) newTrailing;
    int significant = 64 - newLeading - newTrailing;
    out.write(0b11L << 11 | newLeading << 6 | significant & 63, 13);
    out.write(xor >>> newTrailing, significant);
  }

  void readFirst(BitReader in, int i) {
    bits[i] = in.read(64);
  }

  void read(BitReader in, int i) {
    if (in.read(1) == 0) {
      return;
    }
    if (in.read(1) == 1) {
      int header = (int) in.read(11);
      int newLeading = header >>> 6;
      int significant = (header & 63) == 0 ? 64 : header & 63;
      if (newLeading + significant > 64) {
        throw new BadChunkException(
            "a difference of %d bits after %d zeros; together they are at most 64"
                .formatted(significant, newLeading));
      }
      leading[i] = (byte) newLeading;
      trailing[i] = (byte) (64 - newLeading - significant);
    } else if (leading[i] == NO_WINDOW) {
      throw new BadChunkException("a difference in the bits of the one before, which is not there");
    }
    bits[i] ^= in.read(64 - leading[i] - trailing[i]) << trailing[i];
  }
}
