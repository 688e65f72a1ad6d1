package io.narthex.config.internal.schema;

import java.math.BigDecimal;

/** Numbers as upstream shows them in a configuration: as few digits as possible. */
final class DecimalText {
  private static final int LARGEST_EXPONENT = 20;
  private static final int SMALLEST_EXPONENT = -4;

  private DecimalText() {}

  static String of(double number) {
    if (number == 0) {
      return "0";
    }
    BigDecimal value = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = value.precision() - value.scale() - 1;
    if (exponent >= SMALLEST_EXPONENT && exponent <= LARGEST_EXPONENT) {
      return value.toPlainString();
    }
    String mantissa = value.movePointLeft(exponent).toPlainString();
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
