package io.narthex.templates.internal.value;

/** Texts between quotes as Go writes and reads them. */
public final class GoQuote {
  private static final String INVALID = "invalid syntax";
  private static final String PLAIN_ESCAPES = "abfnrtv\\";
  private static final String PLAIN_ESCAPED = "\u0007\b\f\n\r\t\u000b\\";

  private GoQuote() {}

  /** A text in double quotes. */
  public static String quote(String text) {
    return quote(text, '"', false);
  }

  /** A text in double quotes, all beyond ASCII escaped. */
  public static String quoteAscii(String text) {
    return quote(text, '"', true);
  }

  /** A character in single quotes. */
  public static String quoteChar(int codePoint, boolean ascii) {
    int valid = valid(codePoint) ? codePoint : 0xFFFD;
    return quote(Character.toString(valid), '\'', ascii);
  }

  /** Whether a text can stand between back quotes. */
  public static boolean fitsBackquotes(String text) {
    return text.codePoints()
        .noneMatch(c -> c == '`' || c == 0xFEFF || c == 0x7F || c < ' ' && c != '\t');
  }

  private static String quote(String text, char quote, boolean ascii) {
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(c -> escape(out, c, quote, ascii));
    return out.append(quote).toString();
  }

  private static void escape(StringBuilder out, int c, char quote, boolean ascii) {
    int plain = c == 0 ? -1 : PLAIN_ESCAPED.indexOf(c);
    if (c == quote) {
      out.append('\\').append(quote);
    } else if (plain >= 0) {
      out.append('\\').append(PLAIN_ESCAPES.charAt(plain));
    } else if (c < 0x80 ? printable(c) : !ascii && printable(c)) {
      out.appendCodePoint(c);
    } else if (c < ' ' || c == 0x7F) {
      out.append("\\x%02x".formatted(c));
    } else if (c < 0x10000) {
      out.append("\\u%04x".formatted(c));
    } else {
      out.append("\\U%08x".formatted(c));
    }
  }

  /** Go's {@code unicode.IsPrint}. */
  public static boolean printable(int codePoint) {
    return codePoint == ' '
        || switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }

  /**
   * Reads a text in double or back quotes, or a character in single quotes.
   *
   * @param quoted with its quotes
   * @throws TemplateFault with Go's text
   */
  public static String unquote(String quoted) {
    char quote = quoted.charAt(0);
    String inner = quoted.substring(1, quoted.length() - 1);
    if (quote == '`') {
      return inner.replace("\r", "");
    }
    StringBuilder out = new StringBuilder(inner.length());
    for (int at = 0; at < inner.length(); ) {
      char c = inner.charAt(at);
      if (c == quote || c == '\n') {
        throw new TemplateFault(INVALID);
      }
      at = c == '\\' ? unescape(out, inner, at + 1, quote) : copy(out, inner, at);
    }
    return out.toString();
  }

  private static int copy(StringBuilder out, String inner, int at) {
    out.append(inner.charAt(at));
    return at + 1;
  }

  private static int unescape(StringBuilder out, String inner, int at, char quote) {
    if (at >= inner.length()) {
      throw new TemplateFault(INVALID);
    }
    char c = inner.charAt(at);
    int plain = PLAIN_ESCAPES.indexOf(c);
    if (plain >= 0) {
      out.append(PLAIN_ESCAPED.charAt(plain));
      return at + 1;
    }
    if (c == quote) {
      out.append(c);
      return at + 1;
    }
    return switch (c) {
      case 'x' -> number(out, inner, at + 1, 2, 16, 0xFF);
      case 'u' -> number(out, inner, at + 1, 4, 16, Character.MAX_CODE_POINT);
      case 'U' -> number(out, inner, at + 1, 8, 16, Character.MAX_CODE_POINT);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> number(out, inner, at, 3, 8, 0xFF);
      default -> throw new TemplateFault(INVALID);
    };
  }

  private static int number(
      StringBuilder out, String inner, int at, int digits, int radix, int most) {
    if (at + digits > inner.length()) {
      throw new TemplateFault(INVALID);
    }
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = inner.charAt(i) < 0x80 ? Character.digit(inner.charAt(i), radix) : -1;
      if (digit < 0) {
        throw new TemplateFault(INVALID);
      }
      value = value * radix + digit;
    }
    if (value > most || !valid((int) value)) {
      throw new TemplateFault(INVALID);
    }
    out.appendCodePoint((int) value);
    return at + digits;
  }

  private static boolean valid(int codePoint) {
    return Character.isValidCodePoint(codePoint)
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }
}
