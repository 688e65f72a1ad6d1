package io.narthex.exporter.host.internal;

import java.util.Arrays;

/** UTF-8 text that grows up to a limit. Not safe for use by several threads. */
final class TextBuffer {
  private static final int INITIAL_BYTES = 8 * 1024;

  /** Up to here every whole number is a double of its own, and prints as a long. */
  private static final double MAX_EXACT = 1L << 53;

  private final int limit;
  private byte[] bytes;
  private int length;

  TextBuffer(int limit) {
    this.limit = limit;
    this.bytes = new byte[Math.min(INITIAL_BYTES, limit)];
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void put(char ascii) {
    putByte(ascii);
  }

  void putAscii(String text) {
    ensure(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  /** A value as the text format has it; parsers take any spelling of a number. */
  void putNumber(double value) {
    if (Double.isNaN(value)) {
      putAscii("NaN");
    } else if (Double.isInfinite(value)) {
      putAscii(value > 0 ? "+Inf" : "-Inf");
    } else if (value == Math.rint(value) && Math.abs(value) < MAX_EXACT && !isNegativeZero(value)) {
      putAscii(Long.toString((long) value));
    } else {
      putAscii(Double.toString(value));
    }
  }

  /** Text with {@code \}, line feeds and, inside quotes, {@code "} escaped. */
  void putEscaped(String text, boolean quoted) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\\') {
        putAscii("\\\\");
      } else if (c == '\n') {
        putAscii("\\n");
      } else if (c == '"' && quoted) {
        putAscii("\\\"");
      } else {
        putCodePoint(c);
      }
    }
  }

  private void putCodePoint(int c) {
    if (c < 0x80) {
      putByte(c);
    } else if (c < 0x800) {
      putByte(0xc0 | c >> 6);
      putByte(0x80 | c & 0x3f);
    } else if (c < 0x10000) {
      putByte(0xe0 | c >> 12);
      putByte(0x80 | c >> 6 & 0x3f);
      putByte(0x80 | c & 0x3f);
    } else {
      putByte(0xf0 | c >> 18);
      putByte(0x80 | c >> 12 & 0x3f);
      putByte(0x80 | c >> 6 & 0x3f);
      putByte(0x80 | c & 0x3f);
    }
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && 1 / value < 0;
  }

  private void putByte(int b) {
    ensure(1);
    bytes[length++] = (byte) b;
  }

  private void ensure(int more) {
    if (more > limit - length) {
      throw RefusedMetricException.tooLarge(limit);
    }
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(2 * bytes.length, length + more)));
    }
  }
}
