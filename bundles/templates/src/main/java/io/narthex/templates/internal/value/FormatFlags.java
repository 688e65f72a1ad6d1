package io.narthex.templates.internal.value;

/** What stands between the percent sign of a format and its verb. */
final class FormatFlags {
  /** A width or precision that is not there. */
  static final int ABSENT = Integer.MIN_VALUE;

  boolean plus;
  boolean minus;
  boolean sharp;
  boolean space;
  boolean zero;
  boolean sharpV;
  int width = ABSENT;
  int precision = ABSENT;

  void clear() {
    plus = false;
    minus = false;
    sharp = false;
    space = false;
    zero = false;
    sharpV = false;
    width = ABSENT;
    precision = ABSENT;
  }

  /** Sets the flag of a character; false if it is none. */
  boolean take(char c) {
    switch (c) {
      case '+' -> plus = true;
      case '-' -> minus = true;
      case '#' -> sharp = true;
      case ' ' -> space = true;
      case '0' -> zero = true;
      default -> {
        return false;
      }
    }
    return true;
  }

  /** For {@code %v}, plus and sharp mean other things. */
  void ready(int verb) {
    if (verb == 'v') {
      sharpV = sharp;
      sharp = false;
      plus = false;
    }
  }
}
