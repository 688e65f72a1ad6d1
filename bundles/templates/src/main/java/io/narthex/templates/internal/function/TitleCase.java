package io.narthex.templates.internal.function;

/** Words that begin with a capital, by the rules of Unicode for where words begin. */
final class TitleCase {
  private static final String BETWEEN_LETTERS = "'.\u2018\u2019\u2024\u00B7:\uFE55\uFF1A";
  private static final String BETWEEN_DIGITS = "'.,;\u2018\u2019\u2024";

  private TitleCase() {}

  /**
   * Writes each word with a capital.
   *
   * @param lower whether the other letters become small
   */
  static String of(String text, boolean lower) {
    StringBuilder out = new StringBuilder(text.length());
    boolean inWord = false;
    boolean capitalDone = false;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      inWord = inWord && (part(c) || joins(text, at, next));
      if (!inWord) {
        inWord = part(c);
        capitalDone = false;
      }
      boolean cased =
          Character.toTitleCase(c) != c
              || Character.toLowerCase(c) != c
              || Character.isLowerCase(c);
      if (cased && inWord && !capitalDone) {
        out.appendCodePoint(Character.toTitleCase(c));
        capitalDone = true;
      } else {
        out.appendCodePoint(lower ? Character.toLowerCase(c) : c);
      }
      at = next;
    }
    return out.toString();
  }

  private static boolean part(int c) {
    return Character.isLetterOrDigit(c)
        || Character.getType(c) == Character.CONNECTOR_PUNCTUATION
        || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private static boolean joins(String text, int at, int next) {
    if (next >= text.length() || at == 0) {
      return false;
    }
    int before = text.codePointBefore(at);
    int after = text.codePointAt(next);
    char c = text.charAt(at);
    return BETWEEN_LETTERS.indexOf(c) >= 0
            && Character.isLetter(before)
            && Character.isLetter(after)
        || BETWEEN_DIGITS.indexOf(c) >= 0 && Character.isDigit(before) && Character.isDigit(after);
  }
}
