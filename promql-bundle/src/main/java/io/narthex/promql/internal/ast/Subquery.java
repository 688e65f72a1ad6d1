package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates an expression at the steps of a range of its own.
 *
 * @param range in ms; 0 if it is computed
 * @param step in ms; 0 for the default, or if it is computed
 */
public record Subquery(
    Expr expr,
    long range,
    @Nullable DurationExpr rangeExpr,
    long step,
    @Nullable DurationExpr stepExpr,
    Timing timing,
    Span span)
    implements Expr {
  @Override
  public ValueType type() {
    return ValueType.MATRIX;
  }

  /** With other modifiers, ending elsewhere. */
  public Subquery with(Timing newTiming, int end) {
    return new Subquery(
        expr, range, rangeExpr, step, stepExpr, newTiming, new Span(span.start(), end));
  }
}
