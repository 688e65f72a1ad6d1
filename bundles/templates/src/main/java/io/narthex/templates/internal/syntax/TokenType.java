package io.narthex.templates.internal.syntax;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of words of a template. */
enum TokenType {
  ERROR,
  EOF,
  TEXT,
  LEFT_DELIMITER,
  RIGHT_DELIMITER,
  SPACE,
  BOOL,
  NUMBER,
  COMPLEX,
  CHARACTER,
  STRING,
  RAW_STRING,
  FIELD,
  IDENTIFIER,
  VARIABLE,
  DECLARE,
  ASSIGN,
  PIPE,
  LEFT_PARENTHESIS,
  RIGHT_PARENTHESIS,
  OTHER,
  DOT,
  BLOCK,
  BREAK,
  CONTINUE,
  DEFINE,
  ELSE,
  END,
  IF,
  NIL,
  RANGE,
  TEMPLATE,
  WITH;

  private static final Map<String, TokenType> KEYWORDS =
      Map.ofEntries(
          Map.entry("block", BLOCK),
          Map.entry("break", BREAK),
          Map.entry("continue", CONTINUE),
          Map.entry("define", DEFINE),
          Map.entry("else", ELSE),
          Map.entry("end", END),
          Map.entry("if", IF),
          Map.entry("nil", NIL),
          Map.entry("range", RANGE),
          Map.entry("template", TEMPLATE),
          Map.entry("with", WITH));

  /** The type of a word without a dot or dollar sign before it. */
  static TokenType ofWord(String word) {
    @Nullable TokenType keyword = KEYWORDS.get(word);
    if (keyword != null) {
      return keyword;
    }
    return word.equals("true") || word.equals("false") ? BOOL : IDENTIFIER;
  }

  boolean keyword() {
    return ordinal() >= DOT.ordinal();
  }

  /** Whether it can begin an operand. */
  boolean operand() {
    return switch (this) {
      case BOOL,
          CHARACTER,
          COMPLEX,
          DOT,
          FIELD,
          IDENTIFIER,
          NUMBER,
          NIL,
          RAW_STRING,
          STRING,
          VARIABLE,
          LEFT_PARENTHESIS ->
          true;
      default -> false;
    };
  }
}
