package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;

/**
 * A duration in seconds: a number, or something that is computed from the query's step and range.
 */
public sealed interface DurationExpr
    permits NumberLiteral,
        DurationExpr.QueryStep,
        DurationExpr.QueryRange,
        DurationExpr.Pick,
        DurationExpr.Negated,
        DurationExpr.Arithmetic,
        DurationExpr.InParens {
  /** Where it stands in the text. */
  Span span();

  /** {@code step()}. */
  record QueryStep(Span span) implements DurationExpr {}

  /** {@code range()}. */
  record QueryRange(Span span) implements DurationExpr {}

  /** {@code min_of(a, b)} or {@code max_of(a, b)}. */
  record Pick(boolean greater, DurationExpr a, DurationExpr b, Span span) implements DurationExpr {}

  /** The negative of something. */
  record Negated(DurationExpr of, Span span) implements DurationExpr {}

  /** Two durations and one of {@code + - * / % ^}. */
  record Arithmetic(BinaryOp op, DurationExpr lhs, DurationExpr rhs) implements DurationExpr {
    @Override
    public Span span() {
      return Span.over(lhs.span(), rhs.span());
    }
  }

  /** Something in parentheses. */
  record InParens(DurationExpr inner, Span span) implements DurationExpr {}
}
