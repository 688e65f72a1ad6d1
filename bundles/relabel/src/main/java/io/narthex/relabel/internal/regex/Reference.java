package io.narthex.relabel.internal.regex;

import org.jspecify.annotations.Nullable;

/**
 * A reference to a group in a template.
 *
 * @param end where the template goes on after it
 */
record Reference(String name, int end) {
  /** The reference that begins at a place of the template, or null if none does. */
  static @Nullable Reference at(String template, int from) {
    if (template.charAt(from) != '$') {
      return null;
    }
    boolean brace = template.startsWith("{", from + 1);
    int start = from + (brace ? 2 : 1);
    int end = endOfName(template, start);
    if (end == start || brace && !template.startsWith("}", end)) {
      return null;
    }
    return new Reference(template.substring(start, end), brace ? end + 1 : end);
  }

  private static int endOfName(String template, int start) {
    int at = start;
    while (at < template.length()) {
      int c = template.codePointAt(at);
      if (!Character.isLetter(c) && !Character.isDigit(c) && c != '_') {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }
}
