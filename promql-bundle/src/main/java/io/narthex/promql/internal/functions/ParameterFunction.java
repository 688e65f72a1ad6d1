package io.narthex.promql.internal.functions;

import io.narthex.promql.internal.steps.StepVector;

/**
 * A function of an instant vector with scalars as parameters, which may differ from step to step.
 */
@FunctionalInterface
public interface ParameterFunction {
  /**
   * Changes the values of a series in place; {@code parameters} holds an array of all steps for
   * each parameter given.
   */
  void apply(StepVector series, double[][] parameters);
}
