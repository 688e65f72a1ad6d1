package io.narthex.promql.internal.parser;

import io.narthex.promql.internal.ast.BinaryOp;
import io.narthex.promql.internal.ast.DurationExpr;
import io.narthex.promql.internal.ast.NumberLiteral;
import io.narthex.promql.internal.lexer.Token;
import io.narthex.promql.internal.lexer.TokenType;
import io.narthex.promql.internal.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * Parses what may stand in brackets and after {@code offset}: durations and arithmetic with them.
 */
final class DurationParser {
  /** What upstream's durations can hold: 64 bits of nanoseconds. */
  private static final double MAX_SECONDS = 0x1p63 / 1e9;

  private final Tokens tokens;
  private final Literals literals;
  private final Nesting nesting;

  DurationParser(Tokens tokens, Literals literals, Nesting nesting) {
    this.tokens = tokens;
    this.literals = literals;
    this.nesting = nesting;
  }

  /** A duration above 0, as ranges and steps are. */
  DurationExpr positive() {
    DurationExpr expr = expression(1);
    if (expr instanceof NumberLiteral n && !(n.value() > 0)) {
      throw tokens.fail(n.span().start(), "duration must be greater than 0");
    }
    return expr;
  }

  /**
   * What follows {@code offset}: without parentheses only one term, since an operator belongs to
   * the expression around.
   */
  DurationExpr offset() {
    if (tokens.is(TokenType.LEFT_PAREN)) {
      return expression(1);
    }
    if (!tokens.is(TokenType.ADD) && !tokens.is(TokenType.SUB)) {
      return primary();
    }
    Token sign = tokens.take();
    return signed(sign, primary());
  }

  private DurationExpr expression(int minPrecedence) {
    nesting.enter(tokens.current().start());
    DurationExpr lhs = unary();
    BinaryOp op = operator();
    while (op != null && op.precedence() >= minPrecedence) {
      Token at = tokens.take();
      DurationExpr rhs =
          expression(op.isRightAssociative() ? op.precedence() : op.precedence() + 1);
      if (rhs instanceof NumberLiteral n && n.value() == 0) {
        rejectZero(op, at);
      }
      nesting.grow(at.start());
      lhs = new DurationExpr.Arithmetic(op, lhs, rhs);
      op = operator();
    }
    nesting.leave();
    return lhs;
  }

  private void rejectZero(BinaryOp op, Token at) {
    if (op == BinaryOp.DIV) {
      throw tokens.fail(at.start(), "division by zero");
    }
    if (op == BinaryOp.MOD) {
      throw tokens.fail(at.start(), "modulo by zero");
    }
  }

  private @Nullable BinaryOp operator() {
    return switch (tokens.type()) {
      case ADD -> BinaryOp.ADD;
      case SUB -> BinaryOp.SUB;
      case MUL -> BinaryOp.MUL;
      case DIV -> BinaryOp.DIV;
      case MOD -> BinaryOp.MOD;
      case POW -> BinaryOp.POW;
      default -> null;
    };
  }

  private DurationExpr unary() {
    if (!tokens.is(TokenType.ADD) && !tokens.is(TokenType.SUB)) {
      return primary();
    }
    Token sign = tokens.take();
    return signed(sign, expression(BinaryOp.POW.precedence()));
  }

  private DurationExpr signed(Token sign, DurationExpr operand) {
    if (operand instanceof NumberLiteral n) {
      return inRange(Literals.signed(sign, n));
    }
    return sign.type() == TokenType.SUB
        ? new DurationExpr.Negated(operand, new Span(sign.start(), operand.span().end()))
        : operand;
  }

  private DurationExpr primary() {
    Token first = tokens.current();
    switch (first.type()) {
      case STEP -> {
        return new DurationExpr.QueryStep(emptyCall(first));
      }
      case RANGE -> {
        return new DurationExpr.QueryRange(emptyCall(first));
      }
      case MAX_OF, MIN_OF -> {
        return pick();
      }
      case LEFT_PAREN -> {
        tokens.take();
        DurationExpr inner = expression(1);
        Token close = tokens.require(TokenType.RIGHT_PAREN);
        return new DurationExpr.InParens(inner, Span.over(first.span(), close.span()));
      }
      default -> {
        return inRange(literals.read());
      }
    }
  }

  private Span emptyCall(Token name) {
    tokens.take();
    tokens.require(TokenType.LEFT_PAREN);
    return Span.over(name.span(), tokens.require(TokenType.RIGHT_PAREN).span());
  }

  private DurationExpr pick() {
    Token name = tokens.take();
    tokens.require(TokenType.LEFT_PAREN);
    DurationExpr a = expression(1);
    tokens.require(TokenType.COMMA);
    DurationExpr b = expression(1);
    Token close = tokens.require(TokenType.RIGHT_PAREN);
    return new DurationExpr.Pick(
        name.type() == TokenType.MAX_OF, a, b, Span.over(name.span(), close.span()));
  }

  private NumberLiteral inRange(NumberLiteral n) {
    if (n.value() > MAX_SECONDS || n.value() < -MAX_SECONDS) {
      throw tokens.fail(n.span().start(), "duration out of range");
    }
    return n;
  }
}
