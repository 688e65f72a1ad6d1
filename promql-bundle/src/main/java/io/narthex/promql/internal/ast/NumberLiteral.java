package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;

/**
 * A number.
 *
 * @param duration whether it was written as a duration, and is printed as one
 */
public record NumberLiteral(double value, boolean duration, Span span)
    implements Expr, DurationExpr {
  @Override
  public ValueType type() {
    return ValueType.SCALAR;
  }
}
