package io.narthex.http.api.internal.request;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Quotes text as Go's {@code %q} does, which upstream's error texts contain. */
public final class GoQuote {
  private GoQuote() {}

  /** Quotes a text. */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> append(out, c));
    return out.append('"').toString();
  }

  /** Quotes what may be no UTF-8: bytes that are none are shown as numbers. */
  static String quote(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
    StringBuilder out = new StringBuilder(bytes.length + 2).append('"');
    CoderResult result;
    do {
      result = decoder.decode(in, chars, true);
      chars.flip().codePoints().forEach(c -> append(out, c));
      chars.clear();
      for (int i = result.isMalformed() ? result.length() : 0; i > 0; i--) {
        out.append("\\x%02x".formatted(in.get() & 0xff));
      }
    } while (result.isMalformed());
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
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
      out.append("\\x%02x".formatted(c));
    } else if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else if (c >= 0x10000) {
      out.append("\\U%08x".formatted(c));
    } else {
      out.append("\\u%04x".formatted(c));
    }
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
