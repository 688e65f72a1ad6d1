package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;

/** A node of the tree that an expression is parsed to. */
public sealed interface Expr
    permits NumberLiteral,
        StringLiteral,
        VectorSelector,
        MatrixSelector,
        Subquery,
        Paren,
        Unary,
        Binary,
        Aggregate,
        Call {
  /** Where it stands in the text. */
  Span span();

  /** The type of its value. */
  ValueType type();

  /** The expression inside any parentheses around it. */
  default Expr bare() {
    return this;
  }
}
