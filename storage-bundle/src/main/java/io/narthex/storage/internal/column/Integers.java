package io.narthex.storage.internal.column;

/**
 * The whole numbers of one column, and what the encodings look at: the differences from the first
 * number divided by their common divisor, the differences between neighbours among those, and the
 * differences between neighbours among these. All arithmetic is modulo 2^64.
 */
final class Integers {
  /** The numbers; to be filled before {@link #derive}. */
  final long[] numbers = new long[PanelMatrix.MAX_ROWS];

  private final long[][] streams = new long[3][PanelMatrix.MAX_ROWS];
  private int count;
  private boolean isRaw;
  private long common;
  private long divisor;
  private int changes;

  /**
   * Takes the first {@code n} numbers as they are now.
   *
   * @param raw whether they are the bits of doubles, so that one is written in eight bytes
   * @param divided whether to divide by the common divisor
   */
  void derive(int n, boolean raw, boolean divided) {
    count = n;
    isRaw = raw;
    common = raw ? 1 : commonDivisor();
    divisor = divided ? common : 1;
    long first = numbers[0];
    long[] quotients = streams[0];
    if (divisor == 1) {
      for (int i = 0; i < n; i++) {
        quotients[i] = numbers[i] - first;
      }
    } else {
      for (int i = 0; i < n; i++) {
        quotients[i] = (numbers[i] - first) / divisor;
      }
    }
    differences(streams[0], streams[1], 1);
    differences(streams[1], streams[2], 2);
    changes = 0;
    for (int i = 1; i < n; i++) {
      changes += streams[1][i] == 0 ? 0 : 1;
    }
  }

  private void differences(long[] of, long[] to, int from) {
    for (int i = from; i < count; i++) {
      to[i] = of[i] - of[i - 1];
    }
  }

  private long commonDivisor() {
    long first = numbers[0];
    long common = 0;
    long last = 0;
    for (int i = 1; i < count && common != 1; i++) {
      long difference = numbers[i] - first;
      if (((numbers[i] ^ first) & (numbers[i] ^ difference)) < 0 || difference == Long.MIN_VALUE) {
        return 1;
      }
      if (difference != last) {
        common = greatestCommon(Math.abs(difference), common);
        last = difference;
      }
    }
    return Math.max(1, common);
  }

  private static long greatestCommon(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return x;
  }

  int count() {
    return count;
  }

  boolean isRaw() {
    return isRaw;
  }

  long first() {
    return numbers[0];
  }

  /** The common divisor, whether or not the differences were divided by it; 1 at least. */
  long common() {
    return common;
  }

  /** What the differences were divided by; 1 at least. */
  long divisor() {
    return divisor;
  }

  /** How many numbers differ from the one before. */
  int changes() {
    return changes;
  }

  /** The quotients (0), their differences (1, valid from index 1), those of these (2, from 2). */
  long[] stream(int order) {
    return streams[order];
  }

  /** How a number is written in full. */
  int sizeOf(long number) {
    return isRaw ? 8 : ByteSink.sizeOfZigzag(number);
  }

  void write(long number, ByteSink out) {
    if (isRaw) {
      out.littleEndian(number, 8);
    } else {
      out.zigzag(number);
    }
  }

  static long read(Cursor in, boolean raw) {
    return raw ? in.int64() : in.zigzag();
  }
}
