package io.narthex.promql.internal.ast;

import io.narthex.promql.internal.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many series to one per group.
 *
 * @param param the parameter of those that take one
 * @param without whether the groups are formed by all labels but {@code grouping}
 */
public record Aggregate(
    AggregateOp op,
    Expr expr,
    @Nullable Expr param,
    List<String> grouping,
    boolean without,
    Span span)
    implements Expr {
  /** Copies the list. */
  public Aggregate {
    grouping = List.copyOf(grouping);
  }

  @Override
  public ValueType type() {
    return ValueType.VECTOR;
  }
}
