package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;
import org.jspecify.annotations.Nullable;

/**
 * Selects series and, for each, the samples of a range.
 *
 * @param range in ms; 0 if it is computed
 * @param rangeExpr how the range is computed, if it is
 */
public record MatrixSelector(
    VectorSelector selector, long range, @Nullable DurationExpr rangeExpr, Span span)
    implements Expr {
  @Override
  public ValueType type() {
    return ValueType.MATRIX;
  }

  /** With other modifiers, ending elsewhere. */
  public MatrixSelector with(Timing timing, int end) {
    return new MatrixSelector(
        selector.with(timing, selector.span().end()),
        range,
        rangeExpr,
        new Span(span.start(), end));
  }

  /** With an extension. */
  public MatrixSelector with(VectorSelector.Extension extension) {
    return new MatrixSelector(selector.with(extension), range, rangeExpr, span);
  }
}
