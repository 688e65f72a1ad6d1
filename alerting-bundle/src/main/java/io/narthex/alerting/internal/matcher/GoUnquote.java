package io.narthex.alerting.internal.matcher;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Resolves the escapes of a text in double quotes as Go's {@code strconv.Unquote} does. */
final class GoUnquote {
  private static final String SIMPLE = "abfnrtv\\\"";
  private static final String SIMPLE_MEANING = "\u0007\b\f\n\r\t\u000b\\\"";

  private final String text;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int at;

  private GoUnquote(String text) {
    this.text = text;
  }

  /**
   * The text that is meant.
   *
   * @param text what stands between the quotes
   * @return empty if an escape is not valid, or the result is no valid UTF-8
   */
  static Optional<String> unquote(String text) {
    if (text.indexOf('\n') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return Optional.empty();
    }
    if (text.indexOf('\\') < 0) {
      return Optional.of(text);
    }
    GoUnquote unquote = new GoUnquote(text);
    return unquote.run() ? unquote.decoded() : Optional.empty();
  }

  private boolean run() {
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c != '\\') {
        write(c);
      } else if (at == text.length() || !escape(text.charAt(at++))) {
        return false;
      }
    }
    return true;
  }

  private boolean escape(char kind) {
    int simple = SIMPLE.indexOf(kind);
    if (simple >= 0) {
      out.write(SIMPLE_MEANING.charAt(simple));
      return true;
    }
    return switch (kind) {
      case 'x' -> writeByte(number(2, 16));
      case 'u' -> writeCodePoint(number(4, 16));
      case 'U' -> writeCodePoint(number(8, 16));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        yield writeByte(number(3, 8));
      }
      default -> false;
    };
  }

  /** The number in so many digits, or -1. */
  private long number(int digits, int radix) {
    if (at + digits > text.length()) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(at++);
      int digit = c < 0x80 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number;
  }

  private boolean writeByte(long value) {
    out.write((int) value);
    return value >= 0 && value <= 0xff;
  }

  private boolean writeCodePoint(long value) {
    boolean valid =
        value >= 0
            && value <= Character.MAX_CODE_POINT
            && (value < Character.MIN_SURROGATE || value > Character.MAX_SURROGATE);
    if (valid) {
      write((int) value);
    }
    return valid;
  }

  private void write(int codePoint) {
    out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> decoded() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(out.toByteArray()))
              .toString());
    } catch (CharacterCodingException ignored) {
      return Optional.empty();
    }
  }
}
