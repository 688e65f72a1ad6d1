package io.narthex.templates.internal.syntax;

import io.narthex.templates.internal.value.GoFloats;
import io.narthex.templates.internal.value.GoQuote;
import io.narthex.templates.internal.value.TemplateFault;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as Go writes them. */
final class NumeralParser {
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MOST_UNSIGNED = MOST.shiftLeft(1).or(BigInteger.ONE);

  private NumeralParser() {}

  /** Reads a character between single quotes, whose value is its code. */
  static Node.Numeral character(int position, String text) {
    String inner = GoQuote.unquote(text);
    if (inner.codePointCount(0, inner.length()) != 1) {
      throw new TemplateFault(
          inner.isEmpty() ? "invalid syntax" : "malformed character constant: " + text);
    }
    long value = inner.codePointAt(0);
    return new Node.Numeral(position, text, value, value);
  }

  /** Reads a number. */
  static Node.Numeral number(int position, String text) {
    if (text.endsWith("i")) {
      throw new TemplateFault("complex numbers are not supported: " + GoQuote.quote(text));
    }
    BigInteger whole = integer(text);
    if (whole != null) {
      return wholeNumber(position, text, whole);
    }
    double value;
    try {
      value = GoFloats.parse(text);
    } catch (TemplateFault e) {
      throw new TemplateFault("illegal number syntax: " + GoQuote.quote(text));
    }
    if (!looksReal(text)) {
      throw new TemplateFault("integer overflow: " + GoQuote.quote(text));
    }
    long rounded = (long) value;
    return new Node.Numeral(position, text, value, rounded == value ? rounded : null);
  }

  private static Node.Numeral wholeNumber(int position, String text, BigInteger whole) {
    if (whole.compareTo(MOST_UNSIGNED) > 0 || whole.compareTo(LEAST) < 0) {
      throw new TemplateFault("integer overflow: " + GoQuote.quote(text));
    }
    if (whole.compareTo(MOST) > 0) {
      // Go says so when it meets the number, and calls it an int that it does not fit into.
      throw new TemplateFault("%s overflows int".formatted(text));
    }
    return new Node.Numeral(position, text, whole.longValue(), whole.longValue());
  }

  private static boolean looksReal(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.indexOf('.') >= 0 || lower.indexOf('e') >= 0 || lower.indexOf('p') >= 0;
  }

  private static @Nullable BigInteger integer(String text) {
    boolean signed = text.startsWith("+") || text.startsWith("-");
    String size = (signed ? text.substring(1) : text).toLowerCase(Locale.ROOT);
    int radix = radix(size);
    String digits = radix == 10 ? size : size.substring(octalWithoutLetter(size) ? 1 : 2);
    if (!underscoresFit(digits, radix != 10)) {
      return null;
    }
    try {
      String plain = digits.replace("_", "");
      boolean sign = plain.startsWith("+") || plain.startsWith("-");
      BigInteger value = sign ? null : new BigInteger(plain, radix);
      return value != null && text.startsWith("-") ? value.negate() : value;
    } catch (NumberFormatException noInteger) {
      return null;
    }
  }

  private static int radix(String size) {
    if (size.startsWith("0x")) {
      return 16;
    }
    if (size.startsWith("0b")) {
      return 2;
    }
    return size.startsWith("0o") || octalWithoutLetter(size) ? 8 : 10;
  }

  private static boolean octalWithoutLetter(String size) {
    return size.length() > 1
        && size.charAt(0) == '0'
        && (Character.isDigit(size.charAt(1)) || size.charAt(1) == '_');
  }

  private static boolean underscoresFit(String digits, boolean afterPrefix) {
    return !digits.endsWith("_")
        && !digits.contains("__")
        && (afterPrefix || !digits.startsWith("_"));
  }
}
