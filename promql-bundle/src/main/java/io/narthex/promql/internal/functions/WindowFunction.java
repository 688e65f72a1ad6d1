package io.narthex.promql.internal.functions;

import io.narthex.promql.internal.steps.StepVector;
import io.narthex.promql.internal.steps.Window;

/**
 * A function of a range vector. It is told when a series starts, then asked step by step, so it may
 * carry state from window to window; each query has its own. Not safe for use by several threads.
 */
public interface WindowFunction {
  /** Forgets the series before. */
  default void startSeries() {}

  /**
   * Sets the value at a step, or leaves it absent. The window has at least one sample in {@code
   * (start, end]}.
   */
  void apply(Window window, long start, long end, StepVector out, int step);
}
