package io.narthex.templates.internal.syntax;

import io.narthex.api.error.NarthexException;
import java.util.List;

/** The words of a template one after the other, and the errors that they may be. */
final class TokenStream {
  /** Each level costs some frames of the stack, here and when the template runs. */
  private static final int MAX_NESTING = 200;

  private final Source source;
  private final List<Token> tokens;
  private int next;

  /** Errors are where the words were read up to, even if some of them were put back. */
  private int furthest;

  private int actionLine;
  private int nesting;

  TokenStream(Source source) {
    this.source = source;
    this.tokens = Lexer.tokens(source.text());
  }

  Token next() {
    // After the end there is the end again.
    int index = Math.min(next++, tokens.size() - 1);
    furthest = Math.max(furthest, index);
    return tokens.get(index);
  }

  Token peek() {
    Token token = next();
    back();
    return token;
  }

  void back() {
    next--;
  }

  /** Goes back to the last word of a type. */
  void backTo(TokenType type) {
    do {
      next--;
    } while (tokens.get(next).type() != type);
  }

  /** Goes back to a word that was read. */
  void backTo(int mark) {
    next = mark;
  }

  int mark() {
    return next;
  }

  Token nextNonSpace() {
    Token token = next();
    while (token.type() == TokenType.SPACE) {
      token = next();
    }
    return token;
  }

  Token peekNonSpace() {
    Token token = nextNonSpace();
    back();
    return token;
  }

  void expect(TokenType type, String context) {
    Token token = nextNonSpace();
    if (token.type() != type) {
      throw unexpected(token, context);
    }
  }

  /** In which line the action that is read began, or 0 outside of one. */
  void actionLine(int line) {
    actionLine = line;
  }

  /** Begins a control or a parenthesis. */
  void enter() {
    if (++nesting > MAX_NESTING) {
      throw error("max expression depth exceeded");
    }
  }

  /** Ends what {@link #enter} began. */
  void leave() {
    nesting--;
  }

  NarthexException unexpected(Token token, String context) {
    if (token.type() != TokenType.ERROR) {
      return error("unexpected %s in %s".formatted(token.shown(), context));
    }
    String extra = "";
    if (actionLine != 0 && actionLine != token.line()) {
      String place = " started at %s:%d".formatted(source.name(), actionLine);
      extra = token.text().endsWith(" action") ? place : " in action" + place;
    }
    return error(token.text() + extra);
  }

  NarthexException error(String message) {
    Token token = tokens.get(furthest);
    return source.error(token.line(), token.position(), message);
  }
}
