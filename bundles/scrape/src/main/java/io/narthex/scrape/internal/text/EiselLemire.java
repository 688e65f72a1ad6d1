package io.narthex.scrape.internal.text;

/**
 * The Eisel-Lemire method: decimal mantissa and exponent to the nearest double, in nearly all
 * cases.
 */
final class EiselLemire {
  /** Says that the method cannot decide; no double has these bits as a result. */
  static final long UNDECIDED = -1;

  private static final int MAX_BIASED_EXPONENT = 0x7ff;

  private EiselLemire() {}

  /**
   * The bits of the double nearest to {@code mantissa * 10^exponent}, or {@link #UNDECIDED}.
   *
   * @param mantissa unsigned, not 0
   */
  static long convert(long mantissa, int exponent) {
    if (exponent < PowersOfTen.MIN || exponent > PowersOfTen.MAX) {
      return UNDECIDED;
    }
    int leadingZeros = Long.numberOfLeadingZeros(mantissa);
    long scaled = mantissa << leadingZeros;
    long power = PowersOfTen.high(exponent);
    long high = Math.unsignedMultiplyHigh(scaled, power);
    long low = scaled * power;
    // The bits below the double's precision are all ones: a carry out of what was cut off may still
    // ripple up.
    if ((high & 0x1ff) == 0x1ff && Long.compareUnsigned(low + scaled, scaled) < 0) {
      long rest = PowersOfTen.low(exponent);
      long restHigh = Math.unsignedMultiplyHigh(scaled, rest);
      long merged = low + restHigh;
      if (Long.compareUnsigned(merged, low) < 0) {
        high++;
      }
      if ((high & 0x1ff) == 0x1ff
          && merged == -1
          && Long.compareUnsigned(scaled * rest + scaled, scaled) < 0) {
        return UNDECIDED;
      }
      low = merged;
    }
    return round(high, low, binaryExponent(exponent) - leadingZeros);
  }

  /**
   * The biased binary exponent of a 64-bit mantissa times the power of ten; 217706 / 2^16 is
   * log2(10).
   */
  private static int binaryExponent(int exponent) {
    return (217706 * exponent >> 16) + 64 + 1023;
  }

  private static long round(long high, long low, int biasedExponent) {
    int top = (int) (high >>> 63);
    long rounded = high >>> top + 9;
    int result = biasedExponent - (1 ^ top);
    if (low == 0 && (high & 0x1ff) == 0 && (rounded & 3) == 1) {
      return UNDECIDED;
    }
    rounded = rounded + (rounded & 1) >>> 1;
    if (rounded >>> 53 > 0) {
      rounded >>>= 1;
      result++;
    }
    // Subnormal numbers, zero and infinity have rules of their own.
    if (result <= 0 || result >= MAX_BIASED_EXPONENT) {
      return UNDECIDED;
    }
    return (long) result << 52 | rounded & (1L << 52) - 1;
  }
}
