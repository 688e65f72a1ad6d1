package io.narthex.promql.internal.plan;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryErrors;
import io.narthex.promql.internal.ast.Aggregate;
import io.narthex.promql.internal.ast.Binary;
import io.narthex.promql.internal.ast.Call;
import io.narthex.promql.internal.ast.DurationExpr;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.MatrixSelector;
import io.narthex.promql.internal.ast.NumberLiteral;
import io.narthex.promql.internal.ast.Paren;
import io.narthex.promql.internal.ast.Printer;
import io.narthex.promql.internal.ast.StringLiteral;
import io.narthex.promql.internal.ast.Subquery;
import io.narthex.promql.internal.ast.Unary;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.functions.Functions;
import io.narthex.promql.internal.source.Source;
import org.jspecify.annotations.Nullable;

/** Refuses what parses but what this version does not run yet, by name. */
public final class Support {
  private final Source source;

  private Support(Source source) {
    this.source = source;
  }

  /**
   * Checks the whole expression.
   *
   * @throws NarthexException with {@link QueryErrors#UNSUPPORTED}
   */
  public static void check(Source source, Expr expr) {
    new Support(source).visit(expr);
  }

  private void visit(Expr expr) {
    switch (expr) {
      case NumberLiteral n -> {}
      case StringLiteral s -> {}
      case Paren p -> visit(p.expr());
      case Unary u -> visit(u.expr());
      case VectorSelector v -> selector(v);
      case MatrixSelector m -> {
        computed(m.rangeExpr());
        selector(m.selector());
      }
      case Subquery s -> throw refuse(s.span().start(), "subquery");
      case Aggregate a -> aggregate(a);
      case Binary b -> binary(b);
      case Call c -> call(c);
    }
  }

  private void selector(VectorSelector v) {
    if (v.extension() != VectorSelector.Extension.NONE) {
      throw refuse(v.span().start(), v.extension().suffix().trim());
    }
    computed(v.timing().offsetExpr());
  }

  private void computed(@Nullable DurationExpr duration) {
    if (duration != null) {
      throw refuse(duration.span().start(), Printer.print(duration));
    }
  }

  private void aggregate(Aggregate a) {
    if (a.op().takesParameter()) {
      throw refuse(a.span().start(), a.op().spelling());
    }
    visit(a.expr());
  }

  private void binary(Binary b) {
    if (b.matching().fills()) {
      throw refuse(b.span().start(), "fill");
    }
    if (b.op().isTrim()) {
      throw refuse(b.span().start(), b.op().spelling());
    }
    visit(b.lhs());
    visit(b.rhs());
  }

  private void call(Call c) {
    if (!Functions.isKnown(c.function().name())) {
      throw refuse(c.span().start(), c.function().name());
    }
    c.arguments().forEach(this::visit);
  }

  private NarthexException refuse(int offset, String what) {
    return source.error(
        QueryErrors.UNSUPPORTED,
        offset,
        "\"" + what + "\" is PromQL, but this version of Narthex does not run it yet");
  }
}
