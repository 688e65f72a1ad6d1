package io.narthex.storage.internal.panel;

import io.narthex.api.model.StaleMarker;

/**
 * How the head keeps a value: as a number and a form. With form {@code e} from 0 to {@value
 * #MAX_DECIMALS} the value is {@code number / 10^e}, so text of up to 15 digits is kept as the
 * integer that it is; with form {@link #RAW} the number is the double's bits. A slot of a panel
 * that has no sample has the bit {@link #ABSENT}, and the number and form 0.
 *
 * <p>Both {@code number} (below 2^53) and {@code 10^e} are doubles without rounding, so the
 * division rounds once and gives the double that is nearest to the decimal, which is what parsing
 * the text gives. -0.0, infinities and NaN are always raw.
 */
public final class SlotValue {
  /** 10^22 is the largest power of ten that a double holds without rounding. */
  public static final int MAX_DECIMALS = 22;

  /** The number is the bits of the double. */
  public static final int RAW = 31;

  /** Where a slot has no sample. */
  public static final int ABSENT = 0x40;

  /** Where a slot has no sample, and the last one before was a stale marker. */
  static final int ENDED = ABSENT | 0x20;

  /** The bits of the form that say how the number is to be read. */
  static final int READING = 0x1f;

  /** The bits of the marker that ends a series. */
  static final long STALE_BITS = StaleMarker.BITS;

  private static final long LARGEST = (1L << 53) - 1;

  /** More decimals are not looked for in a double that comes without its text. */
  private static final int TRIED_DECIMALS = 4;

  private static final double[] POWERS = new double[MAX_DECIMALS + 1];
  private static final long[] INTEGER_POWERS = new long[16];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
    long integer = 1;
    for (int i = 0; i < INTEGER_POWERS.length; i++) {
      INTEGER_POWERS[i] = integer;
      integer *= 10;
    }
  }

  private SlotValue() {}

  /** The value; the form's other bits do not matter. */
  public static double value(long number, int form) {
    int reading = form & READING;
    return reading == RAW ? Double.longBitsToDouble(number) : number / POWERS[reading];
  }

  /** The bits of the value. */
  public static long bits(long number, int form) {
    return (form & READING) == RAW ? number : Double.doubleToRawLongBits(value(number, form));
  }

  /** Whether it may be a form of a value. */
  static boolean isForm(int form) {
    return form >= 0 && (form <= MAX_DECIMALS || form == RAW);
  }

  /** Whether a number and its decimals can be kept so: their value is not -0.0 nor rounded. */
  public static boolean isDecimal(long number, int decimals) {
    return decimals >= 0 && decimals <= MAX_DECIMALS && number >= -LARGEST && number <= LARGEST;
  }

  /**
   * A form that holds the value of these bits without loss: the preferred one if possible, so that
   * a series stays with its decimals.
   */
  public static int formOf(long bits, int preferred) {
    double value = Double.longBitsToDouble(bits);
    int reading = preferred & READING;
    if (reading != RAW && holds(bits, value, reading)) {
      return reading;
    }
    for (int decimals = 0; decimals <= TRIED_DECIMALS; decimals++) {
      if (holds(bits, value, decimals)) {
        return decimals;
      }
    }
    return RAW;
  }

  private static boolean holds(long bits, double value, int decimals) {
    double scaled = Math.rint(value * POWERS[decimals]);
    // -0.0 becomes 0 and then 0.0; NaN and what is too large fails the comparison.
    return Math.abs(scaled) <= LARGEST
        && Double.doubleToRawLongBits((long) scaled / POWERS[decimals]) == bits;
  }

  /** The number of the value of these bits in a form that holds it. */
  public static long numberOf(long bits, int form) {
    return form == RAW ? bits : (long) Math.rint(Double.longBitsToDouble(bits) * POWERS[form]);
  }

  /**
   * The number with more decimals, or {@link Long#MIN_VALUE} if it does not fit.
   *
   * @param more how many decimals more
   */
  static long withMoreDecimals(long number, int more) {
    if (more >= INTEGER_POWERS.length) {
      return number == 0 ? 0 : Long.MIN_VALUE;
    }
    long factor = INTEGER_POWERS[more];
    long limit = LARGEST / factor;
    return number >= -limit && number <= limit ? number * factor : Long.MIN_VALUE;
  }
}
