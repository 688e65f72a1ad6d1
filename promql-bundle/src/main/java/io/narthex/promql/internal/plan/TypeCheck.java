package io.narthex.promql.internal.plan;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.Matcher;
import io.narthex.promql.internal.ast.Aggregate;
import io.narthex.promql.internal.ast.AggregateOp;
import io.narthex.promql.internal.ast.Binary;
import io.narthex.promql.internal.ast.Call;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.FunctionSignature;
import io.narthex.promql.internal.ast.Matching;
import io.narthex.promql.internal.ast.MatrixSelector;
import io.narthex.promql.internal.ast.NumberLiteral;
import io.narthex.promql.internal.ast.Paren;
import io.narthex.promql.internal.ast.StringLiteral;
import io.narthex.promql.internal.ast.Subquery;
import io.narthex.promql.internal.ast.Unary;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.parser.MatcherRegex;
import io.narthex.promql.internal.source.GoText;
import io.narthex.promql.internal.source.Source;
import java.util.List;

/**
 * Checks that the parts of an expression fit together, in upstream's order, so that the first error
 * is upstream's.
 */
public final class TypeCheck {
  private final Source source;

  private TypeCheck(Source source) {
    this.source = source;
  }

  /**
   * Checks the whole expression.
   *
   * @throws NarthexException a parse error
   */
  public static void check(Source source, Expr expr) {
    new TypeCheck(source).visit(expr);
  }

  private void visit(Expr expr) {
    switch (expr) {
      case NumberLiteral n -> {}
      case StringLiteral s -> {}
      case Paren p -> visit(p.expr());
      case MatrixSelector m -> visit(m.selector());
      case VectorSelector v -> selector(v);
      case Unary u -> unary(u);
      case Subquery s -> subquery(s);
      case Aggregate a -> aggregate(a);
      case Binary b -> binary(b);
      case Call c -> call(c);
    }
  }

  private void selector(VectorSelector v) {
    if (!v.name().isEmpty()) {
      for (Matcher m : v.matchers().subList(0, v.matchers().size() - 1)) {
        if (m.name().equals(Labels.METRIC_NAME)) {
          String names = GoText.quote(v.name()) + " or " + GoText.quote(m.value());
          throw fail(v, "metric name must not be set twice: " + names);
        }
      }
      return;
    }
    if (v.matchers().stream().allMatch(MatcherRegex::matchesEmpty)) {
      throw fail(v, "vector selector must contain at least one non-empty matcher");
    }
  }

  private void unary(Unary u) {
    visit(u.expr());
    ValueType type = u.expr().type();
    if (type != ValueType.SCALAR && type != ValueType.VECTOR) {
      throw fail(
          u,
          "unary expression only allowed on expressions of type scalar or instant vector, got "
              + GoText.quote(type.documented()));
    }
  }

  private void subquery(Subquery s) {
    visit(s.expr());
    ValueType type = s.expr().type();
    if (type != ValueType.VECTOR) {
      // Upstream prints the internal name here, which differs from the documented one only for a
      // range vector.
      String name = type == ValueType.MATRIX ? "matrix" : type.documented();
      throw fail(s, "subquery is only allowed on instant vector, got " + name + " instead");
    }
  }

  private void aggregate(Aggregate a) {
    expect(a.expr(), ValueType.VECTOR, "aggregation expression");
    Expr param = a.param();
    if (param != null) {
      ValueType wanted = a.op() == AggregateOp.COUNT_VALUES ? ValueType.STRING : ValueType.SCALAR;
      expect(param, wanted, "aggregation parameter");
    }
  }

  private void expect(Expr expr, ValueType wanted, String where) {
    visit(expr);
    if (expr.type() != wanted) {
      throw mismatch(expr, wanted, where);
    }
  }

  private void call(Call c) {
    checkCount(c);
    if (c.function().name().equals("info") && c.arguments().size() > 1) {
      checkInfoLabels(c);
    }
    List<ValueType> types = c.function().arguments();
    for (int i = 0; i < c.arguments().size() && !types.isEmpty(); i++) {
      Expr argument = c.arguments().get(i);
      boolean skipEmptyCheck = c.function().name().equals("info") && i == 1;
      if (!skipEmptyCheck) {
        visit(argument);
      }
      ValueType wanted = types.get(Math.min(i, types.size() - 1));
      if (argument.type() != wanted) {
        String where = "call to function " + GoText.quote(c.function().name());
        throw mismatch(argument, wanted, where);
      }
    }
  }

  private void checkCount(Call c) {
    FunctionSignature f = c.function();
    int given = c.arguments().size();
    int listed = f.arguments().size();
    int least = f.variadic() == 0 ? listed : listed - 1;
    String bound = "";
    int limit = least;
    if (f.variadic() == 0) {
      if (given == listed) {
        return;
      }
    } else if (given < least) {
      bound = "at least ";
    } else if (f.variadic() > 0 && given > least + f.variadic()) {
      bound = "at most ";
      limit = least + f.variadic();
    } else {
      return;
    }
    throw fail(
        c,
        "expected %s%d argument(s) in call to %s, got %d"
            .formatted(bound, limit, GoText.quote(f.name()), given));
  }

  private void checkInfoLabels(Call c) {
    Expr labels = c.arguments().get(1);
    if (labels.type() != ValueType.VECTOR) {
      throw mismatch(c, ValueType.VECTOR, labels.type(), "call to function \"info\"");
    }
    if (!(labels instanceof VectorSelector selector)) {
      throw fail(labels, "expected label selectors only");
    }
    if (!selector.name().isEmpty()) {
      throw fail(labels, "expected label selectors only, got vector selector instead");
    }
  }

  private void binary(Binary b) {
    visit(b.lhs());
    visit(b.rhs());
    if (b.bool() && !b.op().isComparison()) {
      throw failAtOperator(b, "bool modifier can only be used on comparison operators");
    }
    if (b.op().isComparison() && !b.bool() && b.type() == ValueType.SCALAR) {
      throw failAtOperator(b, "comparisons between scalars must use BOOL modifier");
    }
    checkGroupLabels(b);
    checkOperand(b.lhs());
    checkOperand(b.rhs());
    checkMatching(b);
    boolean scalar = b.lhs().type() == ValueType.SCALAR || b.rhs().type() == ValueType.SCALAR;
    if (scalar && b.op().isSet()) {
      String op = GoText.quote(b.op().spelling());
      throw fail(b, "set operator " + op + " not allowed in binary scalar expression");
    }
  }

  private void checkGroupLabels(Binary b) {
    Matching m = b.matching();
    for (String label : m.labels()) {
      if (m.on() && m.include().contains(label)) {
        String quoted = GoText.quote(label);
        throw failAtOperator(
            b, "label " + quoted + " must not occur in ON and GROUP clause at once");
      }
    }
  }

  private void checkOperand(Expr operand) {
    if (operand.type() != ValueType.SCALAR && operand.type() != ValueType.VECTOR) {
      throw fail(operand, "binary expression must contain only scalar and instant vector types");
    }
  }

  private void checkMatching(Binary b) {
    Matching m = b.matching();
    if (!b.joinsVectors()) {
      if (!m.labels().isEmpty()) {
        throw fail(b, "vector matching only allowed between instant vectors");
      }
      if (m.fills()) {
        throw fail(b, "filling in missing series only allowed between instant vectors");
      }
      return;
    }
    if (b.op().isSet() && m.group() != Matching.Group.NONE) {
      throw fail(b, "no grouping allowed for " + GoText.quote(b.op().spelling()) + " operation");
    }
    if (b.op().isSet() && m.fills()) {
      throw fail(b, "filling in missing series not allowed for set operators");
    }
  }

  private NarthexException mismatch(Expr at, ValueType wanted, String where) {
    return mismatch(at, wanted, at.type(), where);
  }

  private NarthexException mismatch(Expr at, ValueType wanted, ValueType got, String where) {
    return fail(
        at,
        "expected type %s in %s, got %s".formatted(wanted.documented(), where, got.documented()));
  }

  private NarthexException fail(Expr at, String message) {
    return source.parseError(at.span().start(), message);
  }

  private NarthexException failAtOperator(Binary b, String message) {
    int at = b.lhs().span().end();
    while (Character.isWhitespace(source.text().charAt(at))) {
      at++;
    }
    return source.parseError(at, message);
  }
}
