package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;
import java.util.List;

/** A function call. */
public record Call(FunctionSignature function, List<Expr> arguments, Span span) implements Expr {
  /** Copies the list. */
  public Call {
    arguments = List.copyOf(arguments);
  }

  @Override
  public ValueType type() {
    return function.result();
  }
}
