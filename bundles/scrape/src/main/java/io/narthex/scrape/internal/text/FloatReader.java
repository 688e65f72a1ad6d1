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

  private static final int MAX_DIGITS = 19;
  private static final int MAX_EXPONENT = 100_000;

  private byte[] bytes = {};
  private int at;
  private int end;
  private long mantissa;
  private int digits;
  private int exponent;
  private boolean truncated;
  private double value;
  private String problem = "";

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
    return !Double.isInfinite(value) || fail(from, "value out of range");
  }

  /** The number that was read. */
  double value() {
    return value;
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
    while (at < end) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return;
      }
      if (digits < MAX_DIGITS) {
        mantissa = mantissa * 10 + digit;
        digits += mantissa == 0 ? 0 : 1;
        exponent += shiftOfTaken;
      } else {
        truncated |= digit != 0;
        exponent += shiftOfTaken + 1;
      }
      at++;
    }
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
