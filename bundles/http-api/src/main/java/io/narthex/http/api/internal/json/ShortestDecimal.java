package io.narthex.http.api.internal.json;

import java.math.BigInteger;

/**
 * Finds the shortest decimal that reads back as a given double, and of those the one closest to it:
 * what Go's {@code strconv.FormatFloat} with precision -1 prints. ({@code Double.toString} differs:
 * it never goes below two digits, so it prints 4.9E-324 where the shortest is 5e-324.)
 *
 * <p>The method is Raffaello Giulietti's Schubfach: multiply the rounding interval's bounds by a
 * 128-bit power of ten and look for the shortest decimal between them. The instance holds the
 * result, so that no garbage is made; not safe for use by several threads.
 */
final class ShortestDecimal {
  private static final int MIN_EXPONENT = -292;
  private static final int MAX_EXPONENT = 324;

  /** Powers of ten, scaled to 128 bits and rounded up; high and low half alternate. */
  private static final long[] POWERS = powers();

  private long digits;
  private int exponent;

  /** The digits as one number: the value is digits × 10^exponent. May end in zeros. */
  long digits() {
    return digits;
  }

  /** The power of ten that {@link #digits} is multiplied with. */
  int exponent() {
    return exponent;
  }

  /** Finds the digits of the absolute value, which must be finite and not zero. */
  void find(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & 0x000f_ffff_ffff_ffffL;
    int biased = (int) (bits >>> 52) & 0x7ff;
    long c = biased == 0 ? fraction : fraction | 0x0010_0000_0000_0000L;
    int q = biased == 0 ? -1074 : biased - 1075;
    if (q <= 0 && q > -53 && (c & ((1L << -q) - 1)) == 0) {
      digits = c >>> -q;
      exponent = 0;
      return;
    }
    search(c, q, fraction == 0 && biased > 1);
  }

  private void search(long c, int q, boolean closerBelow) {
    int k = (q * 1262611 - (closerBelow ? 524031 : 0)) >> 22;
    int shift = q + ((-k * 1741647) >> 19) + 1;
    int at = 2 * (-k - MIN_EXPONENT);
    long high = POWERS[at];
    long low = POWERS[at + 1];
    long lower = roundToOdd(high, low, (4 * c - (closerBelow ? 1 : 2)) << shift);
    long middle = roundToOdd(high, low, (4 * c) << shift);
    long upper = roundToOdd(high, low, (4 * c + 2) << shift);
    if ((c & 1) != 0) {
      lower++;
      upper--;
    }
    choose(lower, middle, upper, k);
  }

  /** Takes the shortest decimal in [lower, upper], all three in quarters of 10^k. */
  private void choose(long lower, long middle, long upper, int k) {
    long s = middle >>> 2;
    if (s >= 10) {
      long tens = s / 10;
      boolean below = lower <= 40 * tens;
      boolean above = 40 * tens + 40 <= upper;
      if (below != above) {
        digits = above ? tens + 1 : tens;
        exponent = k + 1;
        return;
      }
    }
    boolean below = lower <= 4 * s;
    boolean above = 4 * s + 4 <= upper;
    boolean up;
    if (below != above) {
      up = above;
    } else {
      long half = 4 * s + 2;
      up = middle > half || middle == half && (s & 1) != 0;
    }
    digits = up ? s + 1 : s;
    exponent = k;
  }

  /** The product's upper 64 bits, with the lowest bit set if anything below was not zero. */
  private static long roundToOdd(long high, long low, long factor) {
    long carryFrom = Math.unsignedMultiplyHigh(low, factor);
    long middle = high * factor;
    long top = Math.unsignedMultiplyHigh(high, factor);
    long sum = middle + carryFrom;
    if (Long.compareUnsigned(sum, middle) < 0) {
      top++;
    }
    return Long.compareUnsigned(sum, 1) > 0 ? top | 1 : top;
  }

  private static long[] powers() {
    long[] table = new long[2 * (MAX_EXPONENT - MIN_EXPONENT + 1)];
    for (int e = MIN_EXPONENT; e <= MAX_EXPONENT; e++) {
      BigInteger scaled = scaled(e);
      table[2 * (e - MIN_EXPONENT)] = scaled.shiftRight(64).longValue();
      table[2 * (e - MIN_EXPONENT) + 1] = scaled.longValue();
    }
    return table;
  }

  private static BigInteger scaled(int e) {
    BigInteger power = BigInteger.TEN.pow(Math.abs(e));
    if (e >= 0) {
      int shift = 128 - power.bitLength();
      return shift >= 0 ? power.shiftLeft(shift) : ceilingShift(power, -shift);
    }
    int shift = 127 + power.bitLength();
    BigInteger[] parts = BigInteger.ONE.shiftLeft(shift).divideAndRemainder(power);
    return parts[1].signum() == 0 ? parts[0] : parts[0].add(BigInteger.ONE);
  }

  private static BigInteger ceilingShift(BigInteger value, int bits) {
    BigInteger shifted = value.shiftRight(bits);
    return shifted.shiftLeft(bits).equals(value) ? shifted : shifted.add(BigInteger.ONE);
  }
}
