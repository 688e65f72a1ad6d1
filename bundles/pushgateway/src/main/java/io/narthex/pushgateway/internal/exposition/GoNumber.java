package io.narthex.pushgateway.internal.exposition;

/** Writes numbers as Go's {@code strconv.FormatFloat(v, 'g', -1, 64)} does. */
public final class GoNumber {
  /** From this power of ten on, and below the other one, there is an exponent. */
  private static final int EXPONENT_FROM = 6;

  private static final int EXPONENT_BELOW = -4;

  private GoNumber() {}

  /** The shortest decimal that reads back as this number. */
  public static String format(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    StringBuilder out = new StringBuilder(24);
    if (Double.doubleToRawLongBits(value) < 0) {
      out.append('-');
    }
    if (value == 0) {
      return out.append('0').toString();
    }
    appendDecimal(out, Math.abs(value));
    return out.toString();
  }

  private static void appendDecimal(StringBuilder out, double value) {
    String java = Double.toString(value);
    int e = java.indexOf('E');
    String mantissa = e < 0 ? java : java.substring(0, e);
    int point = mantissa.indexOf('.');
    // The value is 0.digits × 10^pointAt.
    int pointAt = point + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));
    String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int first = 0;
    while (digits.charAt(first) == '0') {
      first++;
    }
    int last = digits.length();
    while (digits.charAt(last - 1) == '0') {
      last--;
    }
    pointAt -= first;
    digits = shortest(digits.substring(first, last), pointAt, value);
    if (pointAt - 1 < EXPONENT_BELOW || pointAt - 1 >= EXPONENT_FROM) {
      appendScientific(out, digits, pointAt - 1);
    } else {
      appendPlain(out, digits, pointAt);
    }
  }

  /** Java always prints two digits if one is not enough for its format: 4.9E-324 for 5e-324. */
  private static String shortest(String digits, int pointAt, double value) {
    if (digits.length() == 2) {
      int tens = (Integer.parseInt(digits) + 5) / 10;
      if (tens < 10 && Double.parseDouble(tens + "E" + (pointAt - 1)) == value) {
        return Integer.toString(tens);
      }
    }
    return digits;
  }

  private static void appendPlain(StringBuilder out, String digits, int pointAt) {
    if (pointAt <= 0) {
      out.append("0.").repeat('0', -pointAt).append(digits);
    } else if (pointAt >= digits.length()) {
      out.append(digits).repeat('0', pointAt - digits.length());
    } else {
      out.append(digits, 0, pointAt).append('.').append(digits, pointAt, digits.length());
    }
  }

  private static void appendScientific(StringBuilder out, String digits, int exponent) {
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append('e').append(exponent < 0 ? '-' : '+');
    if (Math.abs(exponent) < 10) {
      out.append('0');
    }
    out.append(Math.abs(exponent));
  }
}
