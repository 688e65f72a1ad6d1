package io.narthex.pushgateway.internal.exposition;

/** Which bytes are UTF-8: the shortest form only, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {
  private Utf8() {}

  /** Whether all of it is UTF-8. */
  public static boolean isValid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int length = bytes[at] >= 0 ? 1 : lengthAt(bytes, at, to);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** How many bytes the character here has; 0 if there is none. */
  static int lengthAt(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > to) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int c = codePoint(bytes, at, length);
    boolean shortest = length == 2 || length == 3 && c >= 0x800 || length == 4 && c >= 0x10000;
    return shortest && c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff) ? length : 0;
  }

  /** The character of so many bytes. */
  static int codePoint(byte[] bytes, int at, int length) {
    int c = length == 1 ? bytes[at] : bytes[at] & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      c = c << 6 | bytes[at + i] & 0x3f;
    }
    return c;
  }
}
