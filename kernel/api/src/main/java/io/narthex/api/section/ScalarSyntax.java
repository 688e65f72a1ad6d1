package io.narthex.api.section;

import io.narthex.api.time.DurationSyntax;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values as YAML 1.1 and upstream spell them; numbers and booleans are written without quotes. */
final class ScalarSyntax {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");
  private static final Pattern WHOLE =
      Pattern.compile(
          "[-+]?(0|[1-9][0-9]*|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+)",
          Pattern.CASE_INSENSITIVE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

  private ScalarSyntax() {}

  static Optional<Boolean> bool(ConfigNode.Scalar scalar) {
    return switch (scalar.plain() ? scalar.text() : "") {
      case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y" ->
          Optional.of(true);
      case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N" ->
          Optional.of(false);
      default -> Optional.empty();
    };
  }

  static Optional<Duration> duration(ConfigNode.Scalar scalar) {
    try {
      return Optional.of(DurationSyntax.parse(scalar.text()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A whole number; one with an exponent or a fraction of zero is whole, too. */
  static Optional<Long> whole(ConfigNode.Scalar scalar) {
    return number(scalar).filter(ScalarSyntax::fits).map(BigInteger::longValue);
  }

  /** A whole number, not negative, of up to 64 bits. */
  static Optional<Long> unsigned(ConfigNode.Scalar scalar) {
    return number(scalar)
        .filter(value -> value.signum() >= 0 && value.bitLength() <= Long.SIZE)
        .map(BigInteger::longValue);
  }

  private static Optional<BigInteger> number(ConfigNode.Scalar scalar) {
    String text = scalar.text().replace("_", "");
    if (!scalar.plain()) {
      return Optional.empty();
    }
    if (WHOLE.matcher(text).matches()) {
      return Optional.of(integer(text));
    }
    if (DECIMAL.matcher(text).matches() && text.length() < 40) {
      BigDecimal value = new BigDecimal(text);
      return value.remainder(BigDecimal.ONE).signum() == 0
          ? Optional.of(value.toBigInteger())
          : Optional.empty();
    }
    return Optional.empty();
  }

  /** A number. */
  static Optional<Double> decimal(ConfigNode.Scalar scalar) {
    String text = scalar.text().replace("_", "");
    return scalar.plain() && DECIMAL.matcher(text).matches()
        ? Optional.of(Double.parseDouble(text))
        : whole(scalar).map(Long::doubleValue);
  }

  private static boolean fits(BigInteger value) {
    return value.compareTo(MAX) <= 0 && value.compareTo(MIN) >= 0;
  }

  private static BigInteger integer(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    BigInteger value = magnitude(digits);
    return negative ? value.negate() : value;
  }

  private static BigInteger magnitude(String digits) {
    if (digits.length() == 1 || digits.charAt(0) != '0') {
      return new BigInteger(digits);
    }
    return switch (digits.charAt(1)) {
      case 'x', 'X' -> new BigInteger(digits.substring(2), 16);
      case 'b', 'B' -> new BigInteger(digits.substring(2), 2);
      case 'o', 'O' -> new BigInteger(digits.substring(2), 8);
      default -> new BigInteger(digits, 8);
    };
  }
}
