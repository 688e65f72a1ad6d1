package io.narthex.promql.internal.parser;

import io.narthex.api.error.NarthexException;
import io.narthex.promql.internal.lexer.Lexer;
import io.narthex.promql.internal.lexer.Token;
import io.narthex.promql.internal.lexer.TokenType;
import io.narthex.promql.internal.source.Source;

/**
 * The tokens as the parser walks over them. It also knows in what construct the parser is, since a
 * token that fits nowhere is reported by the innermost construct that has words for it (in
 * upstream: the innermost grammar rule with an error case).
 */
final class Tokens {
  /** A construct and what it expects; both may be empty. */
  record Context(String name, String expected) {
    static final Context NONE = new Context("", "");
  }

  private final Source source;
  private final Lexer lexer;
  private Token current;
  private int lastEnd;
  private Context context = Context.NONE;

  Tokens(Source source) {
    this.source = source;
    this.lexer = new Lexer(source);
    this.current = lexer.next();
  }

  Token current() {
    return current;
  }

  TokenType type() {
    return current.type();
  }

  boolean is(TokenType type) {
    return current.type() == type;
  }

  /** Where the last token that was taken ended. */
  int lastEnd() {
    return lastEnd;
  }

  Token take() {
    Token taken = current;
    lastEnd = taken.end();
    current = lexer.next();
    return taken;
  }

  boolean takeIf(TokenType type) {
    if (!is(type)) {
      return false;
    }
    take();
    return true;
  }

  /** Takes a token of this type; any other is unexpected in the current context. */
  Token require(TokenType type) {
    if (!is(type)) {
      throw unexpected();
    }
    return take();
  }

  /** Goes into a construct; gives back the one around it, for {@link #leave}. */
  Context enter(String name, String expected) {
    Context outer = context;
    context = new Context(name, expected);
    return outer;
  }

  void leave(Context outer) {
    context = outer;
  }

  NarthexException unexpected() {
    return unexpected(context.name(), context.expected());
  }

  NarthexException unexpected(String where, String expected) {
    String message = "unexpected " + current.describe();
    if (!where.isEmpty()) {
      message += " in " + where;
    }
    if (!expected.isEmpty()) {
      message += ", expected " + expected;
    }
    return fail(current.start(), message);
  }

  NarthexException fail(int offset, String message) {
    return source.parseError(offset, message);
  }
}
