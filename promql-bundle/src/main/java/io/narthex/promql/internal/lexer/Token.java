package io.narthex.promql.internal.lexer;

import io.narthex.promql.internal.source.Span;

/** A token: its type, its text, and where it starts. */
public record Token(TokenType type, String text, int start) {
  /** Where it stands. */
  public Span span() {
    return new Span(start, end());
  }

  /** Where it ends. */
  public int end() {
    return start + text.length();
  }

  /** How an error names it. */
  public String describe() {
    return type.describe(text);
  }
}
