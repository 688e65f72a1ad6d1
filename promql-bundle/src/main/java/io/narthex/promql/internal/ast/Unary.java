package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;

/** A sign before an expression. */
public record Unary(boolean negative, Expr expr, Span span) implements Expr {
  @Override
  public ValueType type() {
    return expr.type();
  }
}
