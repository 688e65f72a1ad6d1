package io.narthex.pushgateway.internal.intake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers as upstream's text parser does: Go's {@code strconv.ParseFloat} without hexadecimal
 * numbers and underscores. What is beyond a double is an error too.
 */
final class GoFloat {
  private GoFloat() {}

  /** The number, or null if it is none. */
  static @Nullable Double parse(byte[] bytes, int from, int to) {
    int at = from;
    boolean signed = at < to && (bytes[at] == '+' || bytes[at] == '-');
    if (signed) {
      at++;
    }
    if (at < to && (bytes[at] | 0x20) >= 'a') {
      return named(bytes, from, to, signed);
    }
    if (!isDecimal(bytes, at, to)) {
      return null;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? null : (Double) value;
  }

  private static @Nullable Double named(byte[] bytes, int from, int to, boolean signed) {
    int length = to - from;
    if (length > "+infinity".length()) {
      return null;
    }
    String text =
        new String(bytes, from, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return switch (signed ? text.substring(1) : text) {
      case "inf", "infinity" ->
          text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      case "nan" -> signed ? null : Double.valueOf(Double.NaN);
      default -> null;
    };
  }

  /** Digits with a point somewhere or nowhere, and maybe an exponent. */
  private static boolean isDecimal(byte[] bytes, int from, int to) {
    int at = skipDigits(bytes, from, to);
    int digits = at - from;
    if (at < to && bytes[at] == '.') {
      int fraction = at + 1;
      at = skipDigits(bytes, fraction, to);
      digits += at - fraction;
    }
    if (digits == 0) {
      return false;
    }
    if (at < to && (bytes[at] | 0x20) == 'e') {
      at++;
      if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      int exponent = at;
      at = skipDigits(bytes, exponent, to);
      if (at == exponent) {
        return false;
      }
    }
    return at == to;
  }

  private static int skipDigits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }
}
