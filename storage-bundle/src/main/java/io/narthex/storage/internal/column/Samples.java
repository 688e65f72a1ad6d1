package io.narthex.storage.internal.column;

/**
 * The samples of one column, and the ways to read them as whole numbers. A patch is a sample that
 * the way does not take; it is written apart.
 */
final class Samples {
  /** The farthest a double may be from a decimal, in units in the last place. */
  private static final long MAX_PLACES_AWAY = 1 << 12;

  private static final int MAX_DIGITS_AFTER_POINT = 17;

  private final long[] numbers = new long[PanelMatrix.MAX_ROWS];
  private final byte[] forms = new byte[PanelMatrix.MAX_ROWS];
  private final int[] rowOf = new int[PanelMatrix.MAX_ROWS];
  private final long[] present = new long[Presence.WORDS];
  private final int[] patched = new int[PanelMatrix.MAX_ROWS];
  private int count;
  private int maxForm;
  private boolean isUniform;
  private int patches;

  /** Whether all rows of a column have the same number and form, or none has one. */
  static boolean areSame(PanelMatrix matrix, int from) {
    byte[] forms = matrix.forms();
    long[] numbers = matrix.numbers();
    byte form = forms[from];
    long number = numbers[from];
    int to = from + matrix.rows();
    boolean isAbsent = form == PanelMatrix.ABSENT;
    for (int i = from + 1; i < to; i++) {
      if (forms[i] != form || (numbers[i] != number && !isAbsent)) {
        return false;
      }
    }
    return true;
  }

  /** Takes the samples of a column; false if there are none. */
  boolean gather(PanelMatrix matrix, int from) {
    int rows = matrix.rows();
    long[] sourceNumbers = matrix.numbers();
    byte[] sourceForms = matrix.forms();
    Presence.setNone(present, rows);
    int n = 0;
    int max = 0;
    int seen = 0;
    for (int row = 0; row < rows; row++) {
      int form = sourceForms[from + row];
      if (form != PanelMatrix.ABSENT) {
        present[row >>> 6] |= 1L << row;
        numbers[n] = sourceNumbers[from + row];
        forms[n] = (byte) form;
        rowOf[n++] = row;
        seen |= 1 << form;
        max = form == Decimal.RAW ? max : Math.max(max, form);
      }
    }
    count = n;
    maxForm = max;
    isUniform = seen == 1 << max;
    return n > 0;
  }

  int count() {
    return count;
  }

  long[] present() {
    return present;
  }

  /** The places after the point that {@link #toDecimals} reads them with. */
  int places() {
    return maxForm;
  }

  /** How many samples {@link #toDecimals} left out. */
  int patches() {
    return patches;
  }

  /** How many samples {@link #toDecimals} took. */
  int regular() {
    return count - patches;
  }

  /** All with the same places after the point; false if too many cannot be. */
  boolean toDecimals(long[] out, int maxPatches) {
    patches = 0;
    if (isUniform) {
      System.arraycopy(numbers, 0, out, 0, count);
      return true;
    }
    int limit = Math.min(maxPatches, count >>> 1);
    int n = 0;
    for (int i = 0; i < count; i++) {
      long number = numbers[i];
      int form = forms[i];
      if (form != Decimal.RAW && Decimal.canWiden(number, maxForm - form)) {
        out[n++] = Decimal.widen(number, maxForm - form);
      } else if (isDecimal(Decimal.bits(number, form), maxForm)) {
        out[n++] = nearest(Decimal.value(number, form), maxForm);
      } else if (patches < limit) {
        patched[patches++] = i;
      } else {
        return false;
      }
    }
    return true;
  }

  private static long nearest(double value, int places) {
    return (long) Math.rint(value * Decimal.power(places));
  }

  private static boolean isDecimal(long bits, int places) {
    double value = Double.longBitsToDouble(bits);
    long number = nearest(value, places);
    return Math.abs(number) < Decimal.LIMIT && Decimal.bits(number, places) == bits;
  }

  void writePatches(ByteSink out) {
    out.u8(patches);
    for (int i = 0; i < patches; i++) {
      out.u8(rowOf[patched[i]]);
    }
    for (int i = 0; i < patches; i++) {
      out.littleEndian(bits(patched[i]), 8);
    }
  }

  private long bits(int i) {
    return Decimal.bits(numbers[i], forms[i]);
  }

  /** The raw bits. */
  void toBits(long[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = bits(i);
    }
  }

  /**
   * Decimals with as few places as lie near all samples, and how far each sample is from its
   * decimal, in units in the last place.
   *
   * @return the places after the point, or -1
   */
  int toLastPlaces(long[] out, long[] away) {
    for (int places = 0; places <= MAX_DIGITS_AFTER_POINT; places++) {
      int taken = 0;
      while (taken < count && takeNear(taken, places, out, away)) {
        taken++;
      }
      if (taken == count) {
        return places;
      }
      if (taken < count && Math.abs(out[taken]) >= Decimal.LIMIT) {
        return -1;
      }
    }
    return -1;
  }

  private boolean takeNear(int i, int places, long[] out, long[] away) {
    long bits = bits(i);
    long number = nearest(Double.longBitsToDouble(bits), places);
    out[i] = number;
    if (Math.abs(number) >= Decimal.LIMIT || number == Long.MIN_VALUE) {
      out[i] = Decimal.LIMIT;
      return false;
    }
    long distance = bits - Decimal.bits(number, places);
    away[i] = distance;
    return distance <= MAX_PLACES_AWAY && distance >= -MAX_PLACES_AWAY;
  }

  /**
   * Whole multiples of two to the power of minus something.
   *
   * @return that something, or 0 if there is none up to {@link Scale#MAX_BINARY}
   */
  int toBinaryFractions(long[] out) {
    int shift = 0;
    for (int i = 0; i < count; i++) {
      long bits = bits(i);
      int exponent = (int) (bits >>> 52) & 0x7ff;
      if (bits != 0) {
        if (exponent == 0 || exponent == 0x7ff) {
          return 0;
        }
        long mantissa = bits & ((1L << 52) - 1) | 1L << 52;
        shift = Math.max(shift, 1075 - exponent - Long.numberOfTrailingZeros(mantissa));
      }
    }
    if (shift > Scale.MAX_BINARY) {
      return 0;
    }
    double unit = Math.scalb(1.0, shift);
    for (int i = 0; i < count; i++) {
      double number = Double.longBitsToDouble(bits(i)) * unit;
      if (Math.abs(number) >= Decimal.LIMIT) {
        return 0;
      }
      out[i] = (long) number;
    }
    return shift;
  }
}
