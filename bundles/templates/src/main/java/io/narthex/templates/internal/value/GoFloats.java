package io.narthex.templates.internal.value;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers with a point as Go's {@code strconv.ParseFloat} reads them. */
public final class GoFloats {
  private static final Pattern DECIMAL =
      Pattern.compile("([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(e[+-]?[0-9]+)?");
  private static final Pattern HEX =
      Pattern.compile("0x([0-9a-f]+(\\.[0-9a-f]*)?|\\.[0-9a-f]+)p[+-]?[0-9]+");

  private GoFloats() {}

  /**
   * Reads a number.
   *
   * @throws TemplateFault with Go's text
   */
  public static double parse(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    boolean signed = plain.startsWith("+") || plain.startsWith("-");
    String size = signed ? plain.substring(1) : plain;
    double value;
    if (size.equals("inf") || size.equals("infinity")) {
      value = Double.POSITIVE_INFINITY;
    } else if (plain.equals("nan")) {
      value = Double.NaN;
    } else {
      value = finite(text, size);
    }
    return plain.startsWith("-") ? -value : value;
  }

  private static double finite(String text, String size) {
    String digits = size.replace("_", "");
    boolean hex = digits.startsWith("0x");
    boolean wellFormed = (hex ? HEX : DECIMAL).matcher(digits).matches();
    // Java takes more, such as a letter for the type at the end.
    if (!wellFormed || !underscoresSeparate(size, hex)) {
      throw fault(text, "invalid syntax");
    }
    double value = Double.parseDouble(digits);
    if (Double.isInfinite(value)) {
      throw fault(text, "value out of range");
    }
    return value;
  }

  private static boolean underscoresSeparate(String size, boolean hex) {
    for (int i = size.indexOf('_'); i >= 0; i = size.indexOf('_', i + 1)) {
      boolean before = i > 0 && (digit(size.charAt(i - 1), hex) || hex && i == 2);
      boolean after = i + 1 < size.length() && digit(size.charAt(i + 1), hex);
      if (!before || !after) {
        return false;
      }
    }
    return true;
  }

  private static boolean digit(char c, boolean hex) {
    return c < 0x80 && Character.digit(c, hex ? 16 : 10) >= 0;
  }

  private static TemplateFault fault(String text, String reason) {
    return new TemplateFault(
        "strconv.ParseFloat: parsing %s: %s".formatted(GoQuote.quote(text), reason));
  }
}
