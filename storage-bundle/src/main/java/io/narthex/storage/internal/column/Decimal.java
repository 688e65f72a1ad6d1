package io.narthex.storage.internal.column;

/** What the pair of a number and its form means. */
final class Decimal {
  /** The form of a number that is the raw bits of a double. */
  static final int RAW = 31;

  /** The highest form of a decimal: the last power of ten that is a double exactly. */
  static final int MAX_PLACES = 22;

  /** A decimal's number is below it in magnitude, so that it is a double exactly. */
  static final long LIMIT = 1L << 53;

  private static final double[] POWERS = new double[MAX_PLACES + 1];

  /** Those that are a long below {@link #LIMIT}. */
  private static final long[] WHOLE_POWERS = new long[16];

  static {
    long whole = 1;
    for (int i = 0; i < WHOLE_POWERS.length; i++) {
      WHOLE_POWERS[i] = whole;
      whole *= 10;
    }
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private Decimal() {}

  static double power(int places) {
    return POWERS[places];
  }

  static double value(long number, int form) {
    if (form == RAW) {
      return Double.longBitsToDouble(number);
    }
    return form == 0 ? (double) number : number / POWERS[form];
  }

  static long bits(long number, int form) {
    return form == RAW ? number : Double.doubleToRawLongBits(value(number, form));
  }

  /** Whether the number stays exact with so many more places. */
  static boolean canWiden(long number, int places) {
    return places < WHOLE_POWERS.length
        && Math.abs(number) <= (LIMIT - 1) / WHOLE_POWERS[places]
        && number != Long.MIN_VALUE;
  }

  /** The number with so many more places; see {@link #canWiden}. */
  static long widen(long number, int places) {
    return number * WHOLE_POWERS[places];
  }
}
