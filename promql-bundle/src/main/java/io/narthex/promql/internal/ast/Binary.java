package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;

/**
 * An operator between two expressions.
 *
 * @param bool whether a comparison gives 0 or 1 instead of filtering
 * @param matching how vectors are matched; without meaning unless both sides are vectors
 */
public record Binary(BinaryOp op, Expr lhs, Expr rhs, boolean bool, Matching matching)
    implements Expr {
  @Override
  public Span span() {
    return Span.over(lhs.span(), rhs.span());
  }

  @Override
  public ValueType type() {
    // A loop along the left sides: chains of operators are long there, and a thread's stack is not.
    Expr left = this;
    while (left instanceof Binary binary) {
      if (binary.rhs.type() != ValueType.SCALAR) {
        return ValueType.VECTOR;
      }
      left = binary.lhs;
    }
    return left.type() == ValueType.SCALAR ? ValueType.SCALAR : ValueType.VECTOR;
  }

  /** Whether both sides are vectors. */
  public boolean joinsVectors() {
    return lhs.type() == ValueType.VECTOR && rhs.type() == ValueType.VECTOR;
  }
}
