package io.narthex.scrape.internal.text;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Writes the bounds of buckets and quantiles the way OpenMetrics wants them, so that one series has
 * one spelling.
 */
final class OpenMetricsFloat {
  private static final Pattern HEXADECIMAL =
      Pattern.compile(
          "[+-]?0[xX](?:[0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?\\d{1,6}");

  /** From this many digits before the point on, an exponent is written. */
  private static final int DIGITS = 6;

  private OpenMetricsFloat() {}

  /**
   * The value of a label: {@code le} of a histogram and {@code quantile} of a summary in canonical
   * form.
   */
  static String normalize(FamilyType type, String label, String value) {
    boolean bound =
        type == FamilyType.HISTOGRAM && label.equals("le")
            || type == FamilyType.SUMMARY && label.equals("quantile");
    return bound ? normalize(value) : value;
  }

  private static String normalize(String value) {
    if (HEXADECIMAL.matcher(value).matches()) {
      double number = Double.parseDouble(value);
      return Double.isInfinite(number) ? value : format(number);
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    FloatReader reader = new FloatReader();
    return reader.read(bytes, 0, bytes.length) ? format(reader.value()) : value;
  }

  /** The shortest digits that give the number back; with a point or an exponent. */
  static String format(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    if (number == 0) {
      return "0.0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent < -4 || exponent >= DIGITS) {
      return scientific(shortest, exponent);
    }
    String plain = shortest.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  private static String scientific(BigDecimal number, int exponent) {
    String digits = number.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return "%s%s%se%s%02d"
        .formatted(
            number.signum() < 0 ? "-" : "",
            digits.charAt(0),
            fraction,
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }
}
