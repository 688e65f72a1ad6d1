package io.narthex.promql.internal.exec;

import io.narthex.promql.internal.ast.AggregateOp;
import io.narthex.promql.internal.steps.StepVector;

/**
 * The value of one group of an aggregation at all steps, while series are folded into it one after
 * another. The operations and their order are upstream's.
 */
abstract class Accumulator {
  final StepVector result;

  Accumulator(int steps) {
    this.result = new StepVector(steps);
  }

  static Accumulator of(AggregateOp op, int steps) {
    return switch (op) {
      case SUM -> new Sums.Sum(steps);
      case AVG -> new Sums.Average(steps);
      case COUNT -> new Simple.Count(steps);
      case MIN -> new Simple.Extreme(steps, false);
      case MAX -> new Simple.Extreme(steps, true);
      case GROUP -> new Simple.Group(steps);
      case STDDEV -> new Variance(steps, true);
      case STDVAR -> new Variance(steps, false);
      default -> throw new IllegalArgumentException("no accumulator for " + op.spelling());
    };
  }

  /** How many numbers a step of a group takes in memory. */
  static int width(AggregateOp op) {
    return switch (op) {
      case SUM -> 2;
      case AVG -> 4;
      case STDDEV, STDVAR -> 3;
      default -> 1;
    };
  }

  /** Adds a series. */
  abstract void fold(StepVector series);

  /** The result, after the last series. */
  StepVector finish() {
    return result;
  }
}
