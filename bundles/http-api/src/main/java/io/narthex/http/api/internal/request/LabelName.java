package io.narthex.http.api.internal.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the label name in a path, which may be written as an identifier: {@code U__a_2e_b}. */
public final class LabelName {
  private static final String ESCAPED = "U__";

  /** So many hexadecimal digits upstream takes; it counts the underscore behind them too. */
  private static final int MAX_DIGITS = 5;

  private LabelName() {}

  /**
   * The name.
   *
   * @param segment the part of the path, still URL-encoded
   */
  public static String read(String segment) throws BadParameterException {
    // In a path a plus is a plus.
    byte[] bytes = Parameters.decodeBytes(segment.replace("+", "%2B"));
    if (bytes == null) {
      throw new BadParameterException("invalid label name: " + GoQuote.quote(segment));
    }
    String name;
    try {
      name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException ignored) {
      throw new BadParameterException("invalid label name: " + GoQuote.quote(bytes));
    }
    String unescaped = name.startsWith(ESCAPED) ? unescape(name) : name;
    if (unescaped.isEmpty()) {
      throw new BadParameterException("invalid label name: \"\"");
    }
    return unescaped;
  }

  /** The name that was escaped, or the same if it is not a right escape. */
  private static String unescape(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = ESCAPED.length(); i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_') {
        out.append(c);
      } else if (name.startsWith("_", i + 1)) {
        out.append('_');
        i++;
      } else {
        int close = name.indexOf('_', i + 1);
        int codePoint = close < 0 ? -1 : codePoint(name.substring(i + 1, close));
        if (codePoint < 0) {
          return name;
        }
        out.appendCodePoint(codePoint);
        i = close;
      }
    }
    return out.toString();
  }

  /** The code point, or -1. */
  private static int codePoint(String digits) {
    if (digits.length() > MAX_DIGITS) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    return surrogate ? -1 : value;
  }
}
