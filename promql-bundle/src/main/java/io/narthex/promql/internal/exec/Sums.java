package io.narthex.promql.internal.exec;

import io.narthex.promql.internal.steps.KahanSum;
import io.narthex.promql.internal.steps.StepVector;
import java.util.Arrays;

/** {@code sum} and {@code avg}. */
final class Sums {
  private Sums() {}

  /** A compensated sum at each step. */
  static final class Sum extends Accumulator {
    private final double[] errors;

    Sum(int steps) {
      super(steps);
      errors = new double[steps];
      // Adding to -0 gives the number itself, 0 would lose the sign of a -0.
      Arrays.fill(result.values(), -0.0);
    }

    @Override
    void fold(StepVector series) {
      if (series.isFull()) {
        for (int i = 0; i < errors.length; i++) {
          add(i, series.values()[i]);
        }
      } else {
        for (int i = series.next(0); i >= 0; i = series.next(i + 1)) {
          add(i, series.values()[i]);
        }
      }
      Bits.add(result.present(), series.present());
    }

    private void add(int i, double x) {
      double[] sums = result.values();
      double sum = sums[i];
      double t = sum + x;
      errors[i] = KahanSum.nextError(sum, x, t, errors[i]);
      sums[i] = t;
    }

    @Override
    StepVector finish() {
      double[] sums = result.values();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += errors[i];
      }
      return result;
    }
  }

  /**
   * A sum divided by the count; from where the sum would overflow, a mean that is carried along.
   */
  static final class Average extends Accumulator {
    private final double[] errors;
    private final double[] counts;
    private final boolean[] running;

    Average(int steps) {
      super(steps);
      errors = new double[steps];
      counts = new double[steps];
      running = new boolean[steps];
    }

    @Override
    void fold(StepVector series) {
      double[] values = series.values();
      for (int i = series.next(0); i >= 0; i = series.next(i + 1)) {
        if (counts[i] == 0) {
          result.set(i, values[i]);
          counts[i] = 1;
        } else {
          add(i, values[i]);
        }
      }
    }

    private void add(int i, double x) {
      double[] sums = result.values();
      double before = counts[i];
      double count = before + 1;
      counts[i] = count;
      if (!running[i]) {
        double t = sums[i] + x;
        if (!Double.isInfinite(t)) {
          errors[i] = KahanSum.nextError(sums[i], x, t, errors[i]);
          sums[i] = t;
          return;
        }
        running[i] = true;
        sums[i] /= before;
        errors[i] /= before;
      }
      double q = (count - 1) / count;
      double mean = q * sums[i];
      double part = x / count;
      double t = mean + part;
      errors[i] = KahanSum.nextError(mean, part, t, q * errors[i]);
      sums[i] = t;
    }

    @Override
    StepVector finish() {
      double[] sums = result.values();
      for (int i = 0; i < sums.length; i++) {
        sums[i] = running[i] ? sums[i] + errors[i] : sums[i] / counts[i] + errors[i] / counts[i];
      }
      return result;
    }
  }
}
