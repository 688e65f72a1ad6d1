package io.narthex.promql.internal.lexer;

/**
 * Finds the end of a number or duration. Like upstream it may accept what is no number after all,
 * such as {@code 0x}; that is found when the value is read.
 */
final class NumberScan {
  private static final String DECIMAL = "0123456789";
  private static final String HEXADECIMAL = "0123456789abcdefABCDEF";

  private final String text;
  private final int from;
  private int pos;
  private String digits = DECIMAL;

  NumberScan(String text, int from) {
    this.text = text;
    this.from = from;
    this.pos = from;
  }

  /** Where the scan ended, also where it failed. */
  int end() {
    return pos;
  }

  /**
   * Goes to the end of a number; false if there is none, and then a duration may go on from there.
   */
  boolean number() {
    if (accept("0") && accept("xX")) {
      accept("_");
      digits = HEXADECIMAL;
    }
    accept(".");
    accept(digits);
    return middle() && pos != from && !Lexer.isAlphaNumeric(peek());
  }

  private boolean middle() {
    boolean dot = false;
    boolean exponent = false;
    while (is(digits + "._eE")) {
      if ((dot && accept(".")) || (exponent && accept("eE"))) {
        return false;
      }
      if (accept(".")) {
        dot = true;
        if (accept("_.") || digits.equals(HEXADECIMAL)) {
          return false;
        }
      } else if (accept("eE")) {
        exponent = true;
        accept("+-");
        if (accept("._eE") || peek() < 0) {
          return false;
        }
      } else if (accept("_")) {
        if (accept("._eE") || peek() < 0) {
          return false;
        }
      } else {
        acceptAll(digits);
      }
    }
    return true;
  }

  /** Goes on to the end of a duration whose first digits have been read. */
  boolean duration() {
    if (!accept("smhdwy")) {
      return false;
    }
    accept("s");
    while (accept(DECIMAL)) {
      acceptAll(DECIMAL);
      if (!accept("smhdw")) {
        return false;
      }
      accept("s");
    }
    if (Lexer.isAlphaNumeric(peek())) {
      pos++;
      return false;
    }
    return true;
  }

  private int peek() {
    return pos < text.length() ? text.charAt(pos) : -1;
  }

  private boolean is(String set) {
    return pos < text.length() && set.indexOf(text.charAt(pos)) >= 0;
  }

  private boolean accept(String set) {
    if (is(set)) {
      pos++;
      return true;
    }
    return false;
  }

  private void acceptAll(String set) {
    while (is(set)) {
      pos++;
    }
  }
}
