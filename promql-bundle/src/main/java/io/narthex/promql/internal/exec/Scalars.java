package io.narthex.promql.internal.exec;

import io.narthex.promql.internal.ast.Binary;
import io.narthex.promql.internal.ast.Call;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.NumberLiteral;
import io.narthex.promql.internal.ast.Unary;
import io.narthex.promql.internal.steps.StepVector;
import java.util.Arrays;

/** Computes scalars: one number a step. */
final class Scalars {
  private final QueryContext context;
  private final Vectors vectors;

  Scalars(QueryContext context, Vectors vectors) {
    this.context = context;
    this.vectors = vectors;
  }

  double[] compute(Expr expr) {
    return switch (expr.bare()) {
      case NumberLiteral n -> constant(n.value());
      case Unary u -> u.negative() ? negate(compute(u.expr())) : compute(u.expr());
      case Binary b -> combine(b, compute(b.lhs()), compute(b.rhs()));
      case Call c -> call(c);
      default -> throw new IllegalArgumentException("no scalar: " + expr);
    };
  }

  private double[] constant(double value) {
    double[] values = fresh();
    Arrays.fill(values, value);
    return values;
  }

  private double[] fresh() {
    context.budget().reserve(context.steps().count());
    return new double[context.steps().count()];
  }

  private static double[] negate(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    return values;
  }

  private static double[] combine(Binary b, double[] left, double[] right) {
    for (int i = 0; i < left.length; i++) {
      left[i] = Arithmetic.apply(b.op(), left[i], right[i]);
    }
    return left;
  }

  private double[] call(Call c) {
    return switch (c.function().name()) {
      case "pi" -> constant(Math.PI);
      case "time" -> times();
      case "scalar" -> only(vectors.operator(c.arguments().getFirst()));
      default -> throw new IllegalArgumentException("no scalar function: " + c.function().name());
    };
  }

  private double[] times() {
    double[] values = fresh();
    for (int i = 0; i < values.length; i++) {
      values[i] = context.steps().time(i) / 1000.0;
    }
    return values;
  }

  /** The value of the only series at a step; NaN if there is none or more than one. */
  private double[] only(VectorOperator input) {
    StepVector single = context.vector();
    long[] several = new long[single.present().length];
    while (input.next()) {
      StepVector values = input.values();
      for (int i = values.next(0); i >= 0; i = values.next(i + 1)) {
        if (single.has(i)) {
          several[i >>> 6] |= 1L << i;
        }
        single.set(i, values.values()[i]);
      }
    }
    Bits.remove(single.present(), several);
    double[] result = constant(Double.NaN);
    for (int i = single.next(0); i >= 0; i = single.next(i + 1)) {
      result[i] = single.values()[i];
    }
    return result;
  }
}
