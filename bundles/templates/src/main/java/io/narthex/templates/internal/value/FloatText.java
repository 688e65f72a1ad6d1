package io.narthex.templates.internal.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers with a point as Go's {@code strconv.FormatFloat} writes them. */
public final class FloatText {
  /** The precision that stands for as many digits as are needed to read the number back. */
  public static final int SHORTEST = -1;

  /** Go decides on an exponent as if so many digits had been asked for. */
  private static final int SHORTEST_G_PRECISION = 6;

  private static final int SMALLEST_G_EXPONENT = -4;

  private FloatText() {}

  /** As {@code %v} and {@code %g} write it. */
  public static String shortest(double value) {
    return format(value, 'g', SHORTEST);
  }

  /**
   * Writes a number; a positive one without a sign, except the infinite.
   *
   * @param form one of {@code e f g}
   * @param precision digits after the point, or all digits for {@code g}, or {@link #SHORTEST}
   */
  public static String format(double value, char form, int precision) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    Digits digits = digits(Math.abs(value), form, precision);
    StringBuilder out = new StringBuilder(negative ? "-" : "");
    switch (form) {
      case 'e' -> exponent(out, digits, precision < 0 ? digits.count() - 1 : precision);
      case 'f' -> point(out, digits, precision < 0 ? digits.count() - digits.point : precision);
      default -> general(out, digits, precision);
    }
    return out.toString();
  }

  /** JSON's numbers: like JavaScript's. */
  public static String json(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-6 || size >= 1e21)) {
      // JavaScript's exponents have no zero before a single digit.
      return format(value, 'e', SHORTEST).replace("e-0", "e-").replace("e+0", "e+");
    }
    return format(value, 'f', SHORTEST);
  }

  /** Digits without zeros at the end; the point stands before the digit of that index. */
  private record Digits(String text, int point) {
    int count() {
      return text.length();
    }

    char at(int index) {
      return index >= 0 && index < text.length() ? text.charAt(index) : '0';
    }
  }

  private static Digits digits(double size, char form, int precision) {
    if (size == 0) {
      return new Digits("", 0);
    }
    if (precision < 0) {
      return shortestDigits(size);
    }
    BigDecimal exact = new BigDecimal(size);
    BigDecimal rounded =
        switch (form) {
          case 'f' -> exact.setScale(precision, RoundingMode.HALF_EVEN);
          case 'e' -> exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
          default -> exact.round(new MathContext(Math.max(precision, 1), RoundingMode.HALF_EVEN));
        };
    return digits(rounded);
  }

  private static Digits shortestDigits(double size) {
    Digits digits = digits(new BigDecimal(Double.toString(size)));
    // Java writes at least two digits even where one is enough.
    if (digits.count() == 2) {
      BigDecimal shorter =
          new BigDecimal(Double.toString(size)).round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() == size) {
        return digits(shorter);
      }
    }
    return digits;
  }

  private static Digits digits(BigDecimal value) {
    if (value.signum() == 0) {
      return new Digits("", 0);
    }
    String text = value.unscaledValue().toString();
    int point = text.length() - value.scale();
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return new Digits(text.substring(0, end), point);
  }

  private static void exponent(StringBuilder out, Digits digits, int precision) {
    out.append(digits.at(0));
    if (precision > 0) {
      out.append('.');
      for (int i = 1; i <= precision; i++) {
        out.append(digits.at(i));
      }
    }
    int exponent = digits.count() == 0 ? 0 : digits.point - 1;
    out.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    out.append(size < 10 ? "0" : "").append(size);
  }

  private static void point(StringBuilder out, Digits digits, int precision) {
    if (digits.point <= 0) {
      out.append('0');
    }
    for (int i = 0; i < digits.point; i++) {
      out.append(digits.at(i));
    }
    if (precision > 0) {
      out.append('.');
      for (int i = 0; i < precision; i++) {
        out.append(digits.at(digits.point + i));
      }
    }
  }

  private static void general(StringBuilder out, Digits digits, int precision) {
    int limit = precision < 0 ? SHORTEST_G_PRECISION : Math.max(precision, 1);
    if (precision >= 0 && limit > digits.count() && digits.count() >= digits.point) {
      limit = digits.count();
    }
    int exponent = digits.point - 1;
    if (exponent < SMALLEST_G_EXPONENT || exponent >= limit) {
      exponent(out, digits, digits.count() - 1);
    } else {
      point(out, digits, Math.max(digits.count() - digits.point, 0));
    }
  }
}
