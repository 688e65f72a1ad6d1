package io.narthex.promql.internal.parser;

import io.narthex.api.time.DurationSyntax;
import io.narthex.promql.internal.ast.NumberLiteral;
import io.narthex.promql.internal.lexer.Token;
import io.narthex.promql.internal.lexer.TokenType;
import io.narthex.promql.internal.source.GoNumber;
import io.narthex.promql.internal.source.GoText;
import io.narthex.promql.internal.source.Span;

/** Reads numbers and durations. */
final class Literals {
  private final Tokens tokens;

  Literals(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Whether a number or duration comes next. */
  boolean isNext() {
    return tokens.is(TokenType.NUMBER) || tokens.is(TokenType.DURATION);
  }

  /** A number, or a duration in seconds. */
  NumberLiteral read() {
    Token token = tokens.current();
    boolean duration = token.type() == TokenType.DURATION;
    if (!duration && token.type() != TokenType.NUMBER) {
      throw tokens.unexpected();
    }
    double value;
    try {
      value =
          duration
              ? DurationSyntax.parseMillis(token.text()) / 1000.0
              : GoNumber.parse(token.text());
    } catch (IllegalArgumentException e) {
      String message = (duration ? "" : "error parsing number: ") + e.getMessage();
      throw tokens.fail(token.start(), message);
    }
    tokens.take();
    return new NumberLiteral(value, duration, token.span());
  }

  /** With a sign before it, if the sign is negative; the place then begins at the sign. */
  static NumberLiteral signed(Token sign, NumberLiteral number) {
    double value = sign.type() == TokenType.SUB ? -number.value() : number.value();
    return new NumberLiteral(value, number.duration(), new Span(sign.start(), number.span().end()));
  }

  /** The ms of an {@code @} modifier's seconds. */
  long timestamp(int selectorStart) {
    boolean negative = tokens.is(TokenType.SUB);
    if (negative || tokens.is(TokenType.ADD)) {
      tokens.take();
    }
    double seconds = negative ? -read().value() : read().value();
    if (Double.isNaN(seconds) || Math.abs(seconds) >= Long.MAX_VALUE) {
      throw tokens.fail(
          selectorStart, "timestamp out of bounds for @ modifier: " + GoText.sixDecimals(seconds));
    }
    return (long) Math.rint(seconds * 1000);
  }
}
