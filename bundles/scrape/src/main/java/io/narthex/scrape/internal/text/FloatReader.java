package io.narthex.scrape.internal.text;

import java.nio.charset.StandardCharsets;

/**
 * Reads sample values. Accepts what Prometheus accepts: decimal numbers with an optional exponent,
 * {@code Inf}, {@code Infinity} and {@code NaN} in any case; no hexadecimal numbers and no
 * underscores. The result is the nearest double, bit for bit what {@link Double#parseDouble} gives.
 *
 * <p>Numbers of up to 19 digits are converted without allocation: exactly where the mantissa and
 * the power of ten are both doubles, otherwise by the Eisel-Lemire method ("Number Parsing at a
 * Gigabyte per Second", Lemire 2021). What is left, longer numbers and rare ties, goes to {@link
 * Double#parseDouble}. Not safe for use by several threads.
 */
final class FloatReader {
  /** The bits of a NaN that is no stale marker, whatever payload was written elsewhere. */
  private static final double NORMAL_NAN = Double.longBitsToDouble(0x7ff8000000000001L);

  private static final double[] EXACT_POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long[] WHOLE_POWERS = {
    1L,
    10L,
    100L,
    1_000L,
    10_000L,
    100_000L,
    1_000_000L,
    10_000_000L,
    100_000_000L,
    1_000_000_000L,
    10_000_000_000L,
    100_000_000_000L,
    1_000_000_000_000L,
    10_000_000_000_000L,
    100_000_000_000_000L,
    1_000_000_000_000_000L
  };

  private static final int MAX_DIGITS = 19;
  private static final int ORDINARY_DIGITS = 15;
  private static final int NOT_DECIMAL = -1;
  private static final int MAX_DECIMALS = 22;
  private static final long TOO_LARGE = 1L << 53;
  private static final int MAX_EXPONENT = 100_000;

  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int at;
  private int end;
  private long mantissa;
  private int digits;
  private int exponent;
  private boolean truncated;
  private double value;
  private int decimals = NOT_DECIMAL;
  private String problem = "";

  /**
   * Reads an ordinary number: up to 19 digits, perhaps with a point or an exponent, before a blank
   * or the end of the line. Small, since nearly all values are so.
   *
   * @return where it ends, or -1 if it is another and {@link #read} has to be asked
   */
  int readOrdinary(byte[] source, int from) {
    boolean negative = source[from] == '-';
    int first = negative ? from + 1 : from;
    int i = first;
    long whole = 0;
    int digit;
    while ((digit = source[i] - '0') >= 0 && digit <= 9) {
      whole = whole * 10 + digit;
      i++;
    }
    int scale = 0;
    if (source[i] == '.') {
      int point = i++;
      while ((digit = source[i] - '0') >= 0 && digit <= 9) {
        whole = whole * 10 + digit;
        i++;
      }
      scale = i - point - 1;
      first++;
    }
    int length = i - first;
    if (length == 0 || length > MAX_DIGITS || negative && whole == 0) {
      return -1;
    }
    if (source[i] == 'e' && length <= ORDINARY_DIGITS) {
      return readOrdinaryExponent(source, i + 1, negative ? -whole : whole, scale);
    }
    if (source[i] != '\n' && source[i] != ' ') {
      return -1;
    }
    if (length > ORDINARY_DIGITS) {
      convertLong(source, from, i, whole, scale);
      return i;
    }
    mantissa = negative ? -whole : whole;
    decimals = scale;
    value = scale == 0 ? mantissa : mantissa / EXACT_POWERS[scale];
    return i;
  }

  /** A number of 16 to 19 digits; most are sums of fractions. */
  private void convertLong(byte[] source, int from, int to, long whole, int scale) {
    bytes = source;
    end = to;
    mantissa = whole;
    exponent = -scale;
    truncated = false;
    decimals = NOT_DECIMAL;
    boolean negative = source[from] == '-';
    value = convert(from, negative);
    splitUp(negative);
  }

  /** A sign and two digits, as Go writes exponents. */
  private int readOrdinaryExponent(byte[] source, int from, long signed, int fraction) {
    boolean negative = source[from] == '-';
    if (!negative && source[from] != '+') {
      return -1;
    }
    int high = source[from + 1] - '0';
    if (high < 0 || high > 9) {
      return -1;
    }
    int low = source[from + 2] - '0';
    if (low < 0 || low > 9 || source[from + 3] != '\n' && source[from + 3] != ' ') {
      return -1;
    }
    int exponent = high * 10 + low;
    int scale = negative ? fraction + exponent : fraction - exponent;
    if (scale > MAX_DECIMALS || scale < -ORDINARY_DIGITS) {
      return -1;
    }
    long whole = scale < 0 ? signed * WHOLE_POWERS[-scale] : signed;
    if (scale < 0 && Math.abs(signed) >= TOO_LARGE / WHOLE_POWERS[-scale]) {
      return -1;
    }
    mantissa = whole;
    decimals = Math.max(scale, 0);
    value = scale <= 0 ? whole : whole / EXACT_POWERS[scale];
    return from + 3;
  }

  /**
   * Reads the number in the bytes from {@code from} to before {@code to}; false if they are none.
   */
  boolean read(byte[] source, int from, int to) {
    bytes = source;
    at = from;
    end = to;
    mantissa = 0;
    digits = 0;
    exponent = 0;
    truncated = false;
    decimals = NOT_DECIMAL;
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    if (!readMantissa()) {
      return readWord(from, negative);
    }
    if (!readExponent() || at != end) {
      return fail(from, "invalid syntax");
    }
    value = convert(from, negative);
    if (Double.isInfinite(value)) {
      return fail(from, "value out of range");
    }
    splitUp(negative);
    return true;
  }

  /** Lets go of what was read. */
  void release() {
    bytes = NOTHING;
  }

  /** The number that was read. */
  double value() {
    return value;
  }

  /** The digits as a whole number; only if {@link #decimals} is not -1. */
  long mantissa() {
    return mantissa;
  }

  /** How many of the digits stand behind the point; -1 if the number cannot be so written. */
  int decimals() {
    return decimals;
  }

  /** Why the last call of {@link #read} gave false. */
  String problem() {
    return problem;
  }

  private boolean readMantissa() {
    int first = at;
    readDigits(0);
    int count = at - first;
    if (at < end && bytes[at] == '.') {
      first = ++at;
      readDigits(-1);
      count += at - first;
    }
    return count > 0;
  }

  /**
   * Digits beyond what the mantissa holds only shift it; before the point a digit that is taken
   * does not.
   */
  private void readDigits(int shiftOfTaken) {
    byte[] source = bytes;
    int i = at;
    long taken = mantissa;
    int significant = digits;
    int shift = exponent;
    while (i < end) {
      int digit = source[i] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (significant < MAX_DIGITS) {
        taken = taken * 10 + digit;
        significant += taken == 0 ? 0 : 1;
        shift += shiftOfTaken;
      } else {
        truncated |= digit != 0;
        shift += shiftOfTaken + 1;
      }
      i++;
    }
    at = i;
    mantissa = taken;
    digits = significant;
    exponent = shift;
  }

  private boolean readExponent() {
    if (at == end || (bytes[at] | 0x20) != 'e') {
      return true;
    }
    at++;
    boolean negative = at < end && bytes[at] == '-';
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    int first = at;
    int given = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      given = Math.min(MAX_EXPONENT, given * 10 + bytes[at++] - '0');
    }
    exponent += negative ? -given : given;
    return at > first;
  }

  private boolean readWord(int from, boolean negative) {
    boolean signed = at > from;
    if (is("inf") || is("infinity")) {
      value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return true;
    }
    if (!signed && is("nan")) {
      value = NORMAL_NAN;
      return true;
    }
    return fail(from, "invalid syntax");
  }

  private boolean is(String word) {
    if (end - at != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[at + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private double convert(int from, boolean negative) {
    if (mantissa == 0) {
      return negative ? -0.0 : 0.0;
    }
    if (truncated) {
      return parseExactly(from);
    }
    if (mantissa >>> 53 == 0 && exponent >= -22 && exponent <= 22) {
      double whole = mantissa;
      double result =
          exponent < 0 ? whole / EXACT_POWERS[-exponent] : whole * EXACT_POWERS[exponent];
      return negative ? -result : result;
    }
    long bits = EiselLemire.convert(mantissa, exponent);
    if (bits == EiselLemire.UNDECIDED) {
      return parseExactly(from);
    }
    return Double.longBitsToDouble(negative ? bits | Long.MIN_VALUE : bits);
  }

  /**
   * Makes of the mantissa and the exponent what {@link #mantissa} and {@link #decimals} promise.
   */
  private void splitUp(boolean negative) {
    if (truncated || mantissa == 0 && negative) {
      return;
    }
    if (mantissa == 0) {
      exponent = Math.clamp(exponent, -MAX_DECIMALS, 0);
    }
    while ((mantissa >= TOO_LARGE || exponent < -MAX_DECIMALS)
        && exponent < 0
        && mantissa % 10 == 0) {
      mantissa /= 10;
      exponent++;
    }
    while (exponent > 0 && mantissa >= 0 && mantissa < TOO_LARGE / 10) {
      mantissa *= 10;
      exponent--;
    }
    if (mantissa >= 0 && mantissa < TOO_LARGE && exponent <= 0 && exponent >= -MAX_DECIMALS) {
      mantissa = negative ? -mantissa : mantissa;
      decimals = -exponent;
    }
  }

  private double parseExactly(int from) {
    return Double.parseDouble(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
  }

  private boolean fail(int from, String reason) {
    String text = new String(bytes, from, Math.min(end - from, 100), StandardCharsets.UTF_8);
    problem =
        text.matches("(?s).*[pP_].*")
            ? "unsupported character in float"
            : "%s is no float: %s".formatted(Excerpt.quote(text), reason);
    return false;
  }
}
