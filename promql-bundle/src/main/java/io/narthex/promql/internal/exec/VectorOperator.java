package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.promql.internal.steps.StepVector;

/**
 * Computes an instant vector at all steps of a query, series by series. It may give several series
 * of the same labels, as long as no two of them have a value at the same step. Starts before the
 * first series; for use by one thread.
 */
interface VectorOperator {
  /** Goes to the next series that has a value at any step; false at the end. */
  boolean next();

  /** The labels of the series it is at. */
  Labels labels();

  /** The values of the series it is at. Valid until {@link #next}; the caller may change them. */
  StepVector values();
}
