package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;

/** A string. */
public record StringLiteral(String value, Span span) implements Expr {
  @Override
  public ValueType type() {
    return ValueType.STRING;
  }
}
