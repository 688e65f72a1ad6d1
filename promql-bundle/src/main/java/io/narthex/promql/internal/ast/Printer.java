package io.narthex.promql.internal.ast;

import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.time.DurationSyntax;
import io.narthex.promql.internal.source.GoText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints an expression on one line, as upstream's {@code String()} does; what it prints parses to
 * the same tree.
 */
public final class Printer {
  private static final Pattern PLAIN_LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private Printer() {}

  /** The expression on one line. */
  public static String print(Expr expr) {
    return switch (expr) {
      case NumberLiteral n -> number(n);
      case StringLiteral s -> GoText.quote(s.value());
      case VectorSelector v ->
          selector(v) + at(v.timing()) + v.extension().suffix() + offset(v.timing());
      case MatrixSelector m -> matrix(m);
      case Subquery s -> subquery(s);
      case Paren p -> "(" + print(p.expr()) + ")";
      case Unary u -> (u.negative() ? "-" : "+") + print(u.expr());
      case Binary b -> binary(b);
      case Aggregate a -> aggregate(a);
      case Call c -> c.function().name() + "(" + list(c.arguments()) + ")";
    };
  }

  /** The duration as it would be written. */
  public static String print(DurationExpr expr) {
    return switch (expr) {
      case NumberLiteral n -> number(n);
      case DurationExpr.QueryStep s -> "step()";
      case DurationExpr.QueryRange r -> "range()";
      case DurationExpr.Pick p ->
          (p.greater() ? "max_of(" : "min_of(") + print(p.a()) + ", " + print(p.b()) + ")";
      case DurationExpr.Negated n -> "-" + print(n.of());
      case DurationExpr.Arithmetic a ->
          print(a.lhs()) + " " + a.op().spelling() + " " + print(a.rhs());
      case DurationExpr.InParens p -> "(" + print(p.inner()) + ")";
    };
  }

  private static String number(NumberLiteral n) {
    if (!n.duration()) {
      return GoText.shortest(n.value());
    }
    long millis = Math.round(Math.abs(n.value()) * 1000);
    return (n.value() < 0 ? "-" : "") + DurationSyntax.formatMillis(millis);
  }

  private static String selector(VectorSelector v) {
    String matchers =
        v.matchers().stream()
            .filter(m -> !saysName(m, v.name()))
            .map(m -> label(m.name()) + m.type().operator() + GoText.quote(m.value()))
            .sorted()
            .collect(Collectors.joining(","));
    return matchers.isEmpty() ? v.name() : v.name() + "{" + matchers + "}";
  }

  private static boolean saysName(Matcher m, String name) {
    return m.type() == MatchType.EQUAL
        && m.name().equals(Labels.METRIC_NAME)
        && m.value().equals(name)
        && !name.isEmpty();
  }

  private static String matrix(MatrixSelector m) {
    VectorSelector v = m.selector();
    return selector(v)
        + "["
        + duration(m.range(), m.rangeExpr())
        + "]"
        + v.extension().suffix()
        + at(v.timing())
        + offset(v.timing());
  }

  private static String subquery(Subquery s) {
    String step = s.step() == 0 && s.stepExpr() == null ? "" : duration(s.step(), s.stepExpr());
    return print(s.expr())
        + "["
        + duration(s.range(), s.rangeExpr())
        + ":"
        + step
        + "]"
        + at(s.timing())
        + offset(s.timing());
  }

  private static String duration(long millis, @Nullable DurationExpr expr) {
    return expr == null ? DurationSyntax.formatMillis(millis) : print(expr);
  }

  private static String at(Timing timing) {
    return switch (timing.at()) {
      case At.Step s -> "";
      case At.Time t -> String.format(Locale.ROOT, " @ %.3f", t.millis() / 1000.0);
      case At.QueryStart s -> " @ start()";
      case At.QueryEnd e -> " @ end()";
    };
  }

  private static String offset(Timing timing) {
    if (timing.offsetExpr() != null) {
      return " offset " + print(timing.offsetExpr());
    }
    if (timing.offset() == 0) {
      return "";
    }
    String sign = timing.offset() < 0 ? "-" : "";
    return " offset " + sign + DurationSyntax.formatMillis(Math.abs(timing.offset()));
  }

  /** A loop along the left sides: chains are long there, and a thread's stack is not. */
  private static String binary(Binary b) {
    Deque<Binary> chain = new ArrayDeque<>();
    for (Expr left = b; left instanceof Binary next; left = next.lhs()) {
      chain.push(next);
    }
    StringBuilder out = new StringBuilder(base(chain.element()));
    for (Binary next : chain) {
      out.append(' ').append(next.op().spelling()).append(next.bool() ? " bool" : "");
      out.append(next.joinsVectors() ? matching(next.matching()) : "");
      out.append(' ').append(print(next.rhs()));
    }
    return out.toString();
  }

  /** The first left side. A sign there would bind weaker than a power, so infinity has none. */
  private static String base(Binary b) {
    boolean infinite = b.lhs() instanceof NumberLiteral n && n.value() == Double.POSITIVE_INFINITY;
    return infinite && b.op() == BinaryOp.POW ? "Inf" : print(b.lhs());
  }

  private static String matching(Matching m) {
    StringBuilder out = new StringBuilder();
    if (!m.labels().isEmpty() || m.on() || m.group() != Matching.Group.NONE) {
      out.append(m.on() ? " on (" : " ignoring (").append(labels(m.labels())).append(")");
    }
    if (m.group() != Matching.Group.NONE) {
      out.append(m.group() == Matching.Group.LEFT ? " group_left (" : " group_right (");
      out.append(labels(m.include())).append(")");
    }
    if (m.fills() && m.fillLeft() != null && m.fillLeft().equals(m.fillRight())) {
      return out.append(" fill (").append(GoText.shortest(m.fillLeft())).append(")").toString();
    }
    if (m.fillLeft() != null) {
      out.append(" fill_left (").append(GoText.shortest(m.fillLeft())).append(")");
    }
    if (m.fillRight() != null) {
      out.append(" fill_right (").append(GoText.shortest(m.fillRight())).append(")");
    }
    return out.toString();
  }

  private static String aggregate(Aggregate a) {
    String grouping = "";
    if (a.without()) {
      grouping = " without (" + labels(a.grouping()) + ") ";
    } else if (!a.grouping().isEmpty()) {
      grouping = " by (" + labels(a.grouping()) + ") ";
    }
    Expr param = a.param();
    List<Expr> arguments = param == null ? List.of(a.expr()) : List.of(param, a.expr());
    return a.op().spelling() + grouping + "(" + list(arguments) + ")";
  }

  private static String labels(List<String> names) {
    return names.stream().map(Printer::label).collect(Collectors.joining(", "));
  }

  private static String label(String name) {
    return PLAIN_LABEL.matcher(name).matches() ? name : GoText.quote(name);
  }

  private static String list(List<Expr> exprs) {
    return exprs.stream().map(Printer::print).collect(Collectors.joining(", "));
  }
}
