package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;

/** An expression in parentheses. */
public record Paren(Expr expr, Span span) implements Expr {
  @Override
  public ValueType type() {
    return expr.type();
  }

  @Override
  public Expr bare() {
    return expr.bare();
  }
}
