package io.narthex.promql.internal.exec;

import io.narthex.promql.internal.ast.Binary;
import io.narthex.promql.internal.ast.BinaryOp;
import io.narthex.promql.internal.steps.StepVector;
import java.util.function.Consumer;

/** An operator between a vector and a scalar. */
final class ScalarSide implements Consumer<StepVector> {
  private final BinaryOp op;
  private final boolean bool;
  private final boolean scalarLeft;
  private final double[] scalar;

  ScalarSide(Binary binary, boolean scalarLeft, double[] scalar) {
    this.op = binary.op();
    this.bool = binary.bool();
    this.scalarLeft = scalarLeft;
    this.scalar = scalar;
  }

  @Override
  public void accept(StepVector series) {
    boolean filters = op.isComparison() && !bool;
    double[] v = series.values();
    for (int i = series.next(0); i >= 0; i = series.next(i + 1)) {
      double a = scalarLeft ? scalar[i] : v[i];
      double b = scalarLeft ? v[i] : scalar[i];
      if (!filters) {
        v[i] = Arithmetic.apply(op, a, b);
      } else if (!Arithmetic.holds(op, a, b)) {
        series.unset(i);
      }
    }
  }
}
