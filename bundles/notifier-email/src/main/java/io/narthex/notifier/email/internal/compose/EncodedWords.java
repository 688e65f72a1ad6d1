package io.narthex.notifier.email.internal.compose;

import java.nio.charset.StandardCharsets;

/**
 * Writes a header's value in ASCII: as it is, or in the encoded words of RFC 2047 (Q, UTF-8). Ends
 * of lines are encoded as well, so no value begins another header.
 */
final class EncodedWords {
  private static final String BEGIN = "=?utf-8?q?";
  private static final String END = "?=";
  private static final int MAX_WORD = 75;

  /** A line may have 998 characters (RFC 5322, 2.1.1); the header's name stands in it as well. */
  private static final int MAX_PLAIN = 850;

  private EncodedWords() {}

  static String of(String value) {
    if (value.length() <= MAX_PLAIN
        && value.chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\t')) {
      return value;
    }
    StringBuilder out = new StringBuilder(value.length() * 2).append(BEGIN);
    int length = BEGIN.length();
    for (int i = 0; i < value.length(); ) {
      int c = value.codePointAt(i);
      i += Character.charCount(c);
      String encoded = encode(c);
      // No character is split between words.
      if (length + encoded.length() + END.length() > MAX_WORD) {
        out.append(END).append("\r\n ").append(BEGIN);
        length = BEGIN.length();
      }
      out.append(encoded);
      length += encoded.length();
    }
    return out.append(END).toString();
  }

  private static String encode(int c) {
    if (c == ' ') {
      return "_";
    }
    if (c > ' ' && c <= '~' && c != '=' && c != '?' && c != '_') {
      return Character.toString(c);
    }
    StringBuilder out = new StringBuilder();
    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
      out.append("=%02X".formatted(b & 0xff));
    }
    return out.toString();
  }
}
