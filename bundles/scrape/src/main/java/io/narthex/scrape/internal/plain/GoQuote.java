package io.narthex.scrape.internal.plain;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Quotes bytes from a target as Go's {@code %q} does. */
final class GoQuote {
  /** How much of a line is quoted at most; a head may have 64 KiB. */
  private static final int MOST = 4096;

  private GoQuote() {}

  /** Quotes bytes that are kept as characters up to U+00FF. */
  static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return of(bytes, 0, bytes.length);
  }

  static String of(byte[] bytes, int from, int to) {
    StringBuilder out = new StringBuilder(to - from + 2).append('"');
    int end = Math.min(to, from + MOST);
    int at = from;
    while (at < end) {
      int length = bytes[at] < 0 ? sequence(bytes, at, end) : 1;
      if (length == 0) {
        out.append("\\x%02x".formatted(bytes[at] & 0xff));
        at++;
      } else if (length == 1) {
        ascii(out, bytes[at]);
        at++;
      } else {
        character(out, new String(bytes, at, length, StandardCharsets.UTF_8).codePointAt(0));
        at += length;
      }
    }
    return out.append('"').toString();
  }

  /** How many bytes the character takes; 0: it is none. */
  private static int sequence(byte[] bytes, int at, int end) {
    for (int length = 2; length <= 4 && at + length <= end; length++) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
        return length;
      } catch (CharacterCodingException e) {
        continue;
      }
    }
    return 0;
  }

  private static void ascii(StringBuilder out, byte c) {
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
