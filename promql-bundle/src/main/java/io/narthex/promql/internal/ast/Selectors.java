package io.narthex.promql.internal.ast;

import java.util.ArrayList;
import java.util.List;

/** Finds the vector selectors in a tree. */
public final class Selectors {
  private final List<VectorSelector> found = new ArrayList<>();

  private Selectors() {}

  /** All vector selectors in an expression, in the order of its text. */
  public static List<VectorSelector> in(Expr expr) {
    Selectors selectors = new Selectors();
    selectors.visit(expr);
    return selectors.found;
  }

  private void visit(Expr expr) {
    switch (expr) {
      case NumberLiteral number -> {}
      case StringLiteral string -> {}
      case VectorSelector selector -> found.add(selector);
      case MatrixSelector matrix -> found.add(matrix.selector());
      case Subquery subquery -> visit(subquery.expr());
      case Paren paren -> visit(paren.expr());
      case Unary unary -> visit(unary.expr());
      case Call call -> call.arguments().forEach(this::visit);
      case Binary binary -> {
        visit(binary.lhs());
        visit(binary.rhs());
      }
      case Aggregate aggregate -> {
        if (aggregate.param() != null) {
          visit(aggregate.param());
        }
        visit(aggregate.expr());
      }
    }
  }
}
