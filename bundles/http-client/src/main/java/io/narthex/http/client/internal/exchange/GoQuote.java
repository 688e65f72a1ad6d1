package io.narthex.http.client.internal.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Quotes bytes from a server as Go's {@code %q} does. */
final class GoQuote {
  private GoQuote() {}

  /**
   * Quotes.
   *
   * @param text bytes as characters up to U+00FF
   */
  static String of(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int at = 0;
    while (at < bytes.length) {
      int length = bytes[at] < 0 ? sequence(bytes, at) : 1;
      if (length == 0) {
        out.append("\\x%02x".formatted(bytes[at] & 0xff));
        at++;
      } else if (length == 1) {
        append(out, bytes[at]);
        at++;
      } else {
        character(out, new String(bytes, at, length, StandardCharsets.UTF_8).codePointAt(0));
        at += length;
      }
    }
    return out.append('"').toString();
  }

  /** How many bytes the character takes; 0: it is none. */
  private static int sequence(byte[] bytes, int at) {
    for (int length = 2; length <= 4 && at + length <= bytes.length; length++) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
        return length;
      } catch (CharacterCodingException e) {
        continue;
      }
    }
    return 0;
  }

  private static void append(StringBuilder out, byte c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x07 -> out.append("\\a");
      case 0x08 -> out.append("\\b");
      case 0x0b -> out.append("\\v");
      case 0x0c -> out.append("\\f");
      default -> {
        if (c < 0x20 || c == 0x7f) {
          out.append("\\x%02x".formatted(c));
        } else {
          out.append((char) c);
        }
      }
    }
  }

  private static void character(StringBuilder out, int c) {
    boolean printed =
        switch (Character.getType(c)) {
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
    if (printed) {
      out.appendCodePoint(c);
    } else {
      out.append((c > 0xffff ? "\\U%08x" : "\\u%04x").formatted(c));
    }
  }
}
