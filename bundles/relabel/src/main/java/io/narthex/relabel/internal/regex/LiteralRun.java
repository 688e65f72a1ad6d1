package io.narthex.relabel.internal.regex;

/**
 * Characters of an expression that stand for themselves.
 *
 * @param text what they mean, without the backslashes
 * @param end where in the expression the next one stands that does not
 */
record LiteralRun(String text, int end) {
  private static final String META = "\\.+*?()|[]{}^$";

  /** The longest run from a place on. */
  static LiteralRun read(String regex, int from, int to) {
    StringBuilder text = new StringBuilder();
    int at = from;
    while (at < to) {
      char c = regex.charAt(at);
      if (c == '\\' && at + 1 < to && isPunctuation(regex.charAt(at + 1))) {
        text.append(regex.charAt(at + 1));
        at += 2;
      } else if (META.indexOf(c) < 0) {
        text.append(c);
        at++;
      } else {
        break;
      }
    }
    return new LiteralRun(text.toString(), at);
  }

  /** Only such characters stand for themselves after a backslash; letters and digits do not. */
  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
  }

  /** The text without its last code point, which something after it may make optional. */
  String withoutLast() {
    return text.isEmpty() ? text : text.substring(0, text.offsetByCodePoints(text.length(), -1));
  }
}
