package io.narthex.promql.internal.exec;

import io.narthex.promql.internal.steps.StepVector;
import java.util.Arrays;

/** Aggregations that need one number a step. */
final class Simple {
  private Simple() {}

  /** How many series. */
  static final class Count extends Accumulator {
    Count(int steps) {
      super(steps);
    }

    @Override
    void fold(StepVector series) {
      double[] counts = result.values();
      for (int i = series.next(0); i >= 0; i = series.next(i + 1)) {
        counts[i]++;
      }
      Bits.add(result.present(), series.present());
    }
  }

  /** 1 where there is any series. */
  static final class Group extends Accumulator {
    Group(int steps) {
      super(steps);
      Arrays.fill(result.values(), 1);
    }

    @Override
    void fold(StepVector series) {
      Bits.add(result.present(), series.present());
    }
  }

  /** The greatest or least; NaN only if there is nothing else. */
  static final class Extreme extends Accumulator {
    private final boolean max;

    Extreme(int steps, boolean max) {
      super(steps);
      this.max = max;
      Arrays.fill(result.values(), Double.NaN);
    }

    @Override
    void fold(StepVector series) {
      double[] values = series.values();
      double[] extremes = result.values();
      for (int i = series.next(0); i >= 0; i = series.next(i + 1)) {
        double x = values[i];
        boolean better = max ? extremes[i] < x : extremes[i] > x;
        if (better || Double.isNaN(extremes[i])) {
          extremes[i] = x;
        }
      }
      Bits.add(result.present(), series.present());
    }
  }
}
