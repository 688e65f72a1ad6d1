package io.narthex.promql.internal.source;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Prints and reads strings and numbers as Go does, since upstream's texts are made of them. */
public final class GoText {
  private static final int REPLACEMENT = 0xfffd;

  private GoText() {}

  /** Go's {@code %q} of a string. */
  public static String quote(String s) {
    StringBuilder out = new StringBuilder("\"");
    s.codePoints().forEach(c -> appendEscaped(out, c, '"'));
    return out.append('"').toString();
  }

  /** Go's {@code %q} of a rune; a negative one stands for the end of the input. */
  public static String quoteRune(int rune) {
    StringBuilder out = new StringBuilder("'");
    appendEscaped(out, rune < 0 ? REPLACEMENT : rune, '\'');
    return out.append('\'').toString();
  }

  /** Go's {@code %#U} of a rune. */
  public static String describeRune(int rune) {
    String code = "U+%04X".formatted(rune);
    return isPrintable(rune) ? code + " '" + Character.toString(rune) + "'" : code;
  }

  /** Go's {@code strconv.FormatFloat(v, 'f', -1, 64)}: the shortest decimal, never an exponent. */
  public static String shortest(double v) {
    if (Double.isNaN(v)) {
      return "NaN";
    }
    if (Double.isInfinite(v)) {
      return v > 0 ? "+Inf" : "-Inf";
    }
    if (v == 0) {
      return 1 / v < 0 ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(v)).stripTrailingZeros();
    return exact.toPlainString();
  }

  /** Go's {@code %f}. */
  public static String sixDecimals(double v) {
    if (Double.isNaN(v) || Double.isInfinite(v)) {
      return shortest(v);
    }
    return new BigDecimal(v).setScale(6, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** What a string literal with its quotes stands for; the lexer has checked its escapes. */
  public static String unquote(String literal) {
    String body = literal.substring(1, literal.length() - 1);
    if (literal.charAt(0) == '`' || body.indexOf('\\') < 0) {
      return body;
    }
    // An escape such as \xe2 stands for a byte, and several of them may make one character.
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length());
    int i = 0;
    while (i < body.length()) {
      int c = body.codePointAt(i);
      if (c == '\\') {
        i = unescape(body, i + 1, bytes);
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int unescape(String s, int at, ByteArrayOutputStream out) {
    char c = s.charAt(at);
    switch (c) {
      case 'a' -> out.write(7);
      case 'b' -> out.write('\b');
      case 'f' -> out.write('\f');
      case 'n' -> out.write('\n');
      case 'r' -> out.write('\r');
      case 't' -> out.write('\t');
      case 'v' -> out.write(11);
      case 'x' -> {
        out.write(Integer.parseInt(s.substring(at + 1, at + 3), 16));
        return at + 3;
      }
      case 'u' -> {
        return unicode(s, at + 1, at + 5, out);
      }
      case 'U' -> {
        return unicode(s, at + 1, at + 9, out);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        out.write(Integer.parseInt(s.substring(at, at + 3), 8));
        return at + 3;
      }
      default -> out.write(c);
    }
    return at + 1;
  }

  private static int unicode(String s, int from, int to, ByteArrayOutputStream out) {
    int rune = Integer.parseInt(s.substring(from, to), 16);
    out.writeBytes(Character.toString(rune).getBytes(StandardCharsets.UTF_8));
    return to;
  }

  private static void appendEscaped(StringBuilder out, int c, char quote) {
    switch (c) {
      case 7 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 11 -> out.append("\\v");
      case '\\' -> out.append("\\\\");
      default -> {
        if (c == quote) {
          out.append('\\').append(quote);
        } else if (isPrintable(c) && (c != REPLACEMENT || quote == '\'')) {
          // Upstream prints the replacement character as it is, and then does not read it back.
          out.appendCodePoint(c);
        } else if (c < ' ' || c == 0x7f) {
          out.append("\\x%02x".formatted(c));
        } else if (c >= 0xd800 && c < 0xe000) {
          out.append("\\ufffd");
        } else {
          out.append((c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
