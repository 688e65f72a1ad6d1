package io.narthex.templates.internal.syntax;

import io.narthex.templates.internal.value.GoQuote;

/**
 * A word of a template.
 *
 * @param text as it is written, or what is wrong for an error
 * @param position where it begins
 * @param line the line of that, from 1
 */
record Token(TokenType type, String text, int position, int line) {
  private static final int SHOWN = 10;

  /** As errors name it. */
  String shown() {
    if (type == TokenType.EOF) {
      return "EOF";
    }
    if (type == TokenType.ERROR) {
      return text;
    }
    if (type.keyword()) {
      return "<" + text + ">";
    }
    if (text.codePointCount(0, text.length()) > SHOWN) {
      return GoQuote.quote(text.substring(0, text.offsetByCodePoints(0, SHOWN))) + "...";
    }
    return GoQuote.quote(text);
  }
}
