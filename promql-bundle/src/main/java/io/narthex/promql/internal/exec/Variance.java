package io.narthex.promql.internal.exec;

import io.narthex.promql.internal.steps.StepVector;

/** {@code stddev} and {@code stdvar}, by Welford's method. */
final class Variance extends Accumulator {
  private final boolean root;
  private final double[] means;
  private final double[] counts;

  Variance(int steps, boolean root) {
    super(steps);
    this.root = root;
    this.means = new double[steps];
    this.counts = new double[steps];
  }

  @Override
  void fold(StepVector series) {
    double[] squares = result.values();
    for (int i = series.next(0); i >= 0; i = series.next(i + 1)) {
      double x = series.values()[i];
      if (counts[i] == 0) {
        counts[i] = 1;
        means[i] = x;
        result.set(i, Double.isFinite(x) ? 0 : Double.NaN);
      } else {
        counts[i]++;
        double delta = x - means[i];
        means[i] += delta / counts[i];
        squares[i] += delta * (x - means[i]);
      }
    }
  }

  @Override
  StepVector finish() {
    double[] squares = result.values();
    for (int i = 0; i < squares.length; i++) {
      squares[i] = root ? Math.sqrt(squares[i] / counts[i]) : squares[i] / counts[i];
    }
    return result;
  }
}
