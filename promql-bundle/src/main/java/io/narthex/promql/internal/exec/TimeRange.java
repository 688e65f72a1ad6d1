package io.narthex.promql.internal.exec;

import io.narthex.promql.internal.ast.Aggregate;
import io.narthex.promql.internal.ast.Binary;
import io.narthex.promql.internal.ast.Call;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.MatrixSelector;
import io.narthex.promql.internal.ast.NumberLiteral;
import io.narthex.promql.internal.ast.Paren;
import io.narthex.promql.internal.ast.StringLiteral;
import io.narthex.promql.internal.ast.Subquery;
import io.narthex.promql.internal.ast.Unary;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.steps.Steps;

/**
 * The times that the selectors of an expression want samples of; without a selector those of the
 * steps.
 */
final class TimeRange {
  private final Steps steps;
  private final long lookback;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  private TimeRange(Steps steps, long lookback) {
    this.steps = steps;
    this.lookback = lookback;
  }

  static TimeRange of(Expr expr, Steps steps, long lookback) {
    TimeRange range = new TimeRange(steps, lookback);
    range.visit(expr);
    if (range.min > range.max) {
      range.min = steps.start();
      range.max = steps.end();
    }
    return range;
  }

  long min() {
    return min;
  }

  long max() {
    return max;
  }

  private void visit(Expr expr) {
    switch (expr) {
      case NumberLiteral n -> {}
      case StringLiteral s -> {}
      case Paren p -> visit(p.expr());
      case Unary u -> visit(u.expr());
      case VectorSelector v -> include(Lookup.of(steps, v.timing(), lookback));
      case MatrixSelector m -> include(Lookup.of(steps, m.selector().timing(), m.range()));
      case Subquery s -> visit(s.expr());
      case Aggregate a -> visit(a.expr());
      case Binary b -> {
        visit(b.lhs());
        visit(b.rhs());
      }
      case Call c -> c.arguments().forEach(this::visit);
    }
  }

  private void include(Lookup lookup) {
    min = Math.min(min, Math.min(lookup.min(), lookup.max()));
    max = Math.max(max, lookup.max());
  }
}
