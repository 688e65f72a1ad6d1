package io.narthex.promql.internal.source;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a number literal as Go's strconv does with a free base: decimal, hexadecimal, octal, with
 * underscores.
 */
public final class GoNumber {
  private static final Pattern INTEGER =
      Pattern.compile("0[xX]_?[0-9a-fA-F]+(_[0-9a-fA-F]+)*|[0-9]+(_[0-9]+)*");
  private static final Pattern DECIMAL =
      Pattern.compile("([0-9]+(_[0-9]+)*)?(\\.([0-9]+(_[0-9]+)*)?)?([eE][+-]?[0-9]+(_[0-9]+)*)?");
  private static final Pattern OCTAL = Pattern.compile("0[0-7_]*");

  private GoNumber() {}

  /**
   * The number.
   *
   * @throws IllegalArgumentException with Go's text
   */
  public static double parse(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf" -> {
        return Double.NEGATIVE_INFINITY;
      }
      case "nan" -> {
        return Double.NaN;
      }
      default -> {}
    }
    if (INTEGER.matcher(text).matches()) {
      Long integer = integer(text.replace("_", ""));
      if (integer != null) {
        return integer;
      }
    }
    return decimal(text);
  }

  private static @Nullable Long integer(String digits) {
    try {
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return Long.parseLong(digits.substring(2), 16);
      }
      if (digits.length() > 1 && OCTAL.matcher(digits).matches()) {
        return Long.parseLong(digits, 8);
      }
      return digits.length() > 1 && digits.startsWith("0") ? null : Long.valueOf(digits);
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  private static double decimal(String text) {
    if (!DECIMAL.matcher(text).matches() || text.chars().noneMatch(Character::isDigit)) {
      throw new IllegalArgumentException(
          "strconv.ParseFloat: parsing " + GoText.quote(text) + ": invalid syntax");
    }
    double value = Double.parseDouble(text.replace("_", ""));
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "strconv.ParseFloat: parsing " + GoText.quote(text) + ": value out of range");
    }
    return value;
  }
}
