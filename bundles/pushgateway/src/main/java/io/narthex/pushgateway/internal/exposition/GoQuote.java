package io.narthex.pushgateway.internal.exposition;

import java.nio.charset.StandardCharsets;

/** Quotes text as Go's {@code %q} does, which upstream's error texts contain. */
public final class GoQuote {
  private static final String HEX = "0123456789abcdef";

  private GoQuote() {}

  /** Quotes a text. */
  public static String quote(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return quote(bytes, 0, bytes.length);
  }

  /** Quotes what may be no UTF-8: bytes that are none are shown as numbers. */
  public static String quote(byte[] bytes, int from, int to) {
    StringBuilder out = new StringBuilder(to - from + 2).append('"');
    int at = from;
    while (at < to) {
      int length = Utf8.lengthAt(bytes, at, to);
      if (length == 0) {
        appendByte(out, bytes[at]);
        at++;
      } else {
        append(out, Utf8.codePoint(bytes, at, length), '"');
        at += length;
      }
    }
    return out.append('"').toString();
  }

  /** Quotes one byte, which stands for the character of its number, as Go's {@code %q} does. */
  public static String quote(byte b) {
    StringBuilder out = new StringBuilder(8).append('\'');
    append(out, b & 0xff, '\'');
    return out.append('\'').toString();
  }

  private static void append(StringBuilder out, int c, char quote) {
    if (c == quote || c == '\\') {
      out.append('\\').append((char) c);
      return;
    }
    switch (c) {
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> appendOther(out, c);
    }
  }

  private static void appendOther(StringBuilder out, int c) {
    if (c < 0x20 || c == 0x7f) {
      appendByte(out, (byte) c);
    } else if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else if (c >= 0x10000) {
      out.append("\\U").append("%08x".formatted(c));
    } else {
      out.append("\\u").append("%04x".formatted(c));
    }
  }

  private static void appendByte(StringBuilder out, byte b) {
    out.append("\\x").append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
  }

  /** Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR -> c == ' ';
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
