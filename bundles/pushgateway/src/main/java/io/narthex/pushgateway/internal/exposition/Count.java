package io.narthex.pushgateway.internal.exposition;

/**
 * How many observations there are: a whole number without a sign, or a fraction.
 *
 * @param bits the number itself, or the bits of the double
 * @param fractional whether it is a double
 */
public record Count(long bits, boolean fractional) {
  /** No observation. */
  public static final Count ZERO = whole(0);

  /** A whole number of 64 bits without a sign. */
  public static Count whole(long unsigned) {
    return new Count(unsigned, false);
  }

  /** A number that may be no whole one. */
  public static Count fractional(double value) {
    return new Count(Double.doubleToRawLongBits(value), true);
  }

  /** The nearest double. */
  public double asDouble() {
    if (fractional) {
      return Double.longBitsToDouble(bits);
    }
    // The lowest bit is kept so that the number is rounded once.
    return bits >= 0 ? (double) bits : (double) ((bits >>> 1) | (bits & 1)) * 2;
  }

  /** The same number as a double. */
  public Count asFractional() {
    return fractional ? this : fractional(asDouble());
  }

  /** How the number is printed for people. */
  public String text() {
    return fractional ? GoNumber.format(asDouble()) : Long.toUnsignedString(bits);
  }
}
