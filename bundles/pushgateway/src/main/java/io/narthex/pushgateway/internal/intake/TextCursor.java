package io.narthex.pushgateway.internal.intake;

import io.narthex.pushgateway.internal.exposition.GoQuote;
import io.narthex.pushgateway.internal.exposition.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the text parser is in the body. Beyond the end there is only an error. */
final class TextCursor {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int line;
  private byte[] scratch = new byte[64];
  private int scratchLength;

  TextCursor(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  PushFormatException error(String message) {
    return new PushFormatException(
        "text format parsing error in line %d: %s".formatted(line, message));
  }

  void beginLine() {
    line++;
  }

  boolean atEnd() {
    return at == end;
  }

  byte current() throws PushFormatException {
    if (at == end) {
      throw error("unexpected end of input stream");
    }
    return bytes[at];
  }

  void next() {
    at++;
  }

  int position() {
    return at;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Skips blanks and tabs, which may be the last of the body. */
  void skipBlanks() {
    while (at < end && isBlank(bytes[at])) {
      at++;
    }
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** Skips to the end of the line and over it. */
  void skipLine() throws PushFormatException {
    while (current() != '\n') {
      at++;
    }
    at++;
  }

  /** Skips what is no blank, tab or end of line; one of these follows. */
  void skipToken() throws PushFormatException {
    while (!isBlank(current()) && bytes[at] != '\n') {
      at++;
    }
  }

  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  String quoted(int from, int to) {
    return GoQuote.quote(bytes, from, to);
  }

  /**
   * Reads a name: bare, or in quotes.
   *
   * @return "" if none begins here
   */
  String name(boolean colons, String what) throws PushFormatException {
    if (current() == '"') {
      at++;
      return quotedName(what);
    }
    int from = at;
    while (isNameByte(current(), at > from, colons)) {
      at++;
    }
    return new String(bytes, from, at - from, StandardCharsets.US_ASCII);
  }

  private static boolean isNameByte(byte b, boolean inside, boolean colons) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b == '_'
        || inside && b >= '0' && b <= '9'
        || colons && b == ':';
  }

  private String quotedName(String what) throws PushFormatException {
    scratchLength = 0;
    while (current() != '"') {
      if (bytes[at] == '\n') {
        throw error("%s name %s contains unescaped new-line".formatted(what, quotedScratch()));
      }
      put(unescaped());
    }
    at++;
    return new String(scratch, 0, scratchLength, StandardCharsets.UTF_8);
  }

  /** Reads up to the closing quote and over it; null if it is no UTF-8. */
  @Nullable String labelValue() throws PushFormatException {
    scratchLength = 0;
    while (current() != '"') {
      if (bytes[at] == '\n') {
        throw error("label value %s contains unescaped new-line".formatted(quotedScratch()));
      }
      put(unescaped());
    }
    at++;
    return Utf8.isValid(scratch, 0, scratchLength)
        ? new String(scratch, 0, scratchLength, StandardCharsets.UTF_8)
        : null;
  }

  /** What {@link #labelValue} read last, as it was. */
  String quotedScratch() {
    return GoQuote.quote(scratch, 0, scratchLength);
  }

  /** What {@link #labelValue} read last, as a number; null if it is none. */
  @Nullable Double scratchNumber() {
    return GoFloat.parse(scratch, 0, scratchLength);
  }

  /** Reads the rest of the line and over its end. */
  String help() throws PushFormatException {
    scratchLength = 0;
    while (current() != '\n') {
      put(unescaped());
    }
    at++;
    return new String(scratch, 0, scratchLength, StandardCharsets.UTF_8);
  }

  /** Reads the rest of the line and over its end; backslashes vanish, as upstream has it. */
  String restOfLine() throws PushFormatException {
    scratchLength = 0;
    while (current() != '\n') {
      if (bytes[at] != '\\') {
        put(bytes[at]);
      }
      at++;
    }
    at++;
    return new String(scratch, 0, scratchLength, StandardCharsets.UTF_8);
  }

  private byte unescaped() throws PushFormatException {
    byte b = bytes[at++];
    if (b != '\\') {
      return b;
    }
    byte escaped = current();
    at++;
    return switch (escaped) {
      case '\\' -> '\\';
      case 'n' -> '\n';
      case '"' -> '"';
      default -> throw error("invalid escape sequence '\\%c'".formatted((char) (escaped & 0xff)));
    };
  }

  private void put(byte b) {
    if (scratchLength == scratch.length) {
      scratch = Arrays.copyOf(scratch, 2 * scratchLength);
    }
    scratch[scratchLength++] = b;
  }
}
