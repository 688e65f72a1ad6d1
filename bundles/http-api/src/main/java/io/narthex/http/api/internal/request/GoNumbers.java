package io.narthex.http.api.internal.request;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * Reads numbers with the syntax of Go's {@code strconv}, which is what upstream's parameters have.
 */
final class GoNumbers {
  private static final String DIGITS = "[0-9](?:_?[0-9])*+";
  private static final String HEX_DIGITS = "[0-9a-fA-F](?:_?[0-9a-fA-F])*+";
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:%1$s(?:\\.(?:%1$s)?)?|\\.%1$s)(?:[eE][+-]?%1$s)?".formatted(DIGITS));
  private static final Pattern HEXADECIMAL =
      Pattern.compile(
          "[+-]?0[xX]_?(?:%1$s(?:\\.(?:%1$s)?)?|\\.%1$s)[pP][+-]?%2$s"
              .formatted(HEX_DIGITS, DIGITS));
  private static final Pattern INFINITE = Pattern.compile("(?i)[+-]?inf(?:inity)?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]++");

  private static final String OUT_OF_RANGE = "value out of range";

  /** Longer numbers than any client sends; keeps the work on hostile ones small. */
  private static final int MAX_LENGTH = 512;

  private GoNumbers() {}

  /** As {@code strconv.ParseFloat(s, 64)}; empty where that has an error, overflow included. */
  static OptionalDouble parseFloat(String s) {
    if (s.length() > MAX_LENGTH) {
      return OptionalDouble.empty();
    }
    if (s.equalsIgnoreCase("nan")) {
      return OptionalDouble.of(Double.NaN);
    }
    if (INFINITE.matcher(s).matches()) {
      return OptionalDouble.of(
          s.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    if (!DECIMAL.matcher(s).matches() && !HEXADECIMAL.matcher(s).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(s.replace("_", ""));
    return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** As {@code strconv.Atoi}, with its error texts. */
  static long parseInt(String s) throws UnreadableException {
    return parse("Atoi", s);
  }

  /** As {@code strconv.ParseInt(s, 10, 32)}, with its error texts. */
  static int parseInt32(String s) throws UnreadableException {
    long number = parse("ParseInt", s);
    if (number != (int) number) {
      throw unreadable("ParseInt", s, OUT_OF_RANGE);
    }
    return (int) number;
  }

  private static long parse(String function, String s) throws UnreadableException {
    if (!INTEGER.matcher(s).matches()) {
      throw unreadable(function, s, "invalid syntax");
    }
    try {
      return Long.parseLong(s);
    } catch (NumberFormatException ignored) {
      throw unreadable(function, s, OUT_OF_RANGE);
    }
  }

  private static UnreadableException unreadable(String function, String text, String reason) {
    return new UnreadableException(
        "strconv.%s: parsing %s: %s".formatted(function, GoQuote.quote(text), reason));
  }
}
