package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.promql.internal.ast.Aggregate;
import io.narthex.promql.internal.ast.Binary;
import io.narthex.promql.internal.ast.Call;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.MatrixSelector;
import io.narthex.promql.internal.ast.Unary;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.functions.Functions;
import io.narthex.promql.internal.functions.ParameterFunction;
import io.narthex.promql.internal.functions.WindowFunction;
import io.narthex.promql.internal.steps.StepVector;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/** Makes the operators of an expression whose value is an instant vector. */
final class Vectors {
  private final QueryContext context;
  private final Scalars scalars;

  Vectors(QueryContext context) {
    this.context = context;
    this.scalars = new Scalars(context, this);
  }

  Scalars scalars() {
    return scalars;
  }

  VectorOperator operator(Expr expr) {
    context.control().check();
    return switch (expr.bare()) {
      case VectorSelector v -> new SelectorScan(context, v, false);
      case Unary u -> unary(u);
      case Aggregate a -> new Aggregation(context, operator(a.expr()), a);
      case Binary b -> binary(b);
      case Call c -> call(c);
      default -> throw new IllegalArgumentException("no instant vector: " + expr);
    };
  }

  private VectorOperator unary(Unary u) {
    VectorOperator input = operator(u.expr());
    return u.negative() ? renamed(input, u.expr(), false, each(x -> -x)) : input;
  }

  private VectorOperator binary(Binary b) {
    if (b.joinsVectors()) {
      VectorOperator left = operator(b.lhs());
      VectorOperator right = operator(b.rhs());
      return b.op().isSet()
          ? SetOperation.run(context, b, left, right)
          : Join.run(context, b, left, right);
    }
    boolean scalarLeft = b.lhs().type() == ValueType.SCALAR;
    Expr vector = scalarLeft ? b.rhs() : b.lhs();
    double[] scalar = scalars.compute(scalarLeft ? b.lhs() : b.rhs());
    Consumer<StepVector> change = new ScalarSide(b, scalarLeft, scalar);
    VectorOperator input = operator(vector);
    return b.op().isComparison() && !b.bool()
        ? new Mapped(input, false, change)
        : renamed(input, vector, false, change);
  }

  private VectorOperator call(Call c) {
    String name = c.function().name();
    Expr first = c.arguments().getFirst();
    WindowFunction window = Functions.window(name);
    if (window != null) {
      return window(name, (MatrixSelector) first.bare(), window);
    }
    DoubleUnaryOperator number = Functions.number(name);
    if (number != null) {
      return renamed(operator(first), first, false, each(number));
    }
    ParameterFunction parameter = Functions.parameter(name);
    if (parameter != null) {
      double[][] parameters = parameters(c.arguments());
      return renamed(operator(first), first, false, v -> parameter.apply(v, parameters));
    }
    return special(name, first);
  }

  private VectorOperator window(String name, MatrixSelector selector, WindowFunction function) {
    boolean wantsCounter = name.equals("rate") || name.equals("increase");
    RangeScan scan = new RangeScan(context, selector, function, wantsCounter);
    return Functions.keepsName(name) ? scan : renamed(scan, selector, true, v -> {});
  }

  private VectorOperator special(String name, Expr argument) {
    return switch (name) {
      case "vector" -> vector(argument);
      case "timestamp" -> timestamp(argument);
      case "absent" -> Absent.run(context, operator(argument), argument.bare());
      case "absent_over_time" -> {
        MatrixSelector selector = (MatrixSelector) argument.bare();
        WindowFunction present = (w, start, end, out, step) -> out.set(step, 1);
        yield Absent.run(context, new RangeScan(context, selector, present, false), selector);
      }
      default -> throw new IllegalArgumentException("no such operator: " + name);
    };
  }

  private VectorOperator vector(Expr argument) {
    StepVector values = context.vector();
    double[] scalar = scalars.compute(argument);
    System.arraycopy(scalar, 0, values.values(), 0, scalar.length);
    values.setAll();
    return new Rows(List.of(new Rows.Row(Labels.EMPTY, values)));
  }

  private VectorOperator timestamp(Expr argument) {
    if (argument.bare() instanceof VectorSelector selector) {
      return renamed(new SelectorScan(context, selector, true), argument, false, v -> {});
    }
    return renamed(
        operator(argument),
        argument,
        false,
        v -> {
          for (int i = v.next(0); i >= 0; i = v.next(i + 1)) {
            v.values()[i] = context.steps().time(i) / 1000.0;
          }
        });
  }

  private double[][] parameters(List<Expr> arguments) {
    return arguments.stream().skip(1).map(scalars::compute).toArray(double[][]::new);
  }

  private static Consumer<StepVector> each(DoubleUnaryOperator f) {
    return v -> {
      double[] values = v.values();
      for (int i = v.next(0); i >= 0; i = v.next(i + 1)) {
        values[i] = f.applyAsDouble(values[i]);
      }
    };
  }

  /** Changed series without their metric names, which must still be distinct. */
  private VectorOperator renamed(
      VectorOperator input, Expr of, boolean atAnyStep, Consumer<StepVector> change) {
    Mapped mapped = new Mapped(input, true, change);
    return hasOneName(of.bare()) ? mapped : new Distinct(mapped, atAnyStep);
  }

  /** Whether all series have the same name, so that they differ without it too. */
  private static boolean hasOneName(Expr expr) {
    return switch (expr) {
      case VectorSelector v ->
          v.matchers().stream()
              .anyMatch(m -> m.type() == MatchType.EQUAL && m.name().equals(Labels.METRIC_NAME));
      case MatrixSelector m -> hasOneName(m.selector());
      default -> false;
    };
  }
}
