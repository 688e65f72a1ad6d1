package io.narthex.promql.internal.exec;

import io.narthex.api.storage.Querier;
import io.narthex.promql.internal.source.Source;
import io.narthex.promql.internal.steps.SampleBudget;
import io.narthex.promql.internal.steps.StepVector;
import io.narthex.promql.internal.steps.Steps;

/** What all operators of a query share. */
record QueryContext(
    Source source,
    Steps steps,
    long lookback,
    Querier querier,
    QueryControl control,
    SampleBudget budget,
    Notes notes) {
  /** A vector for the values of one series at all steps. */
  StepVector vector() {
    budget.reserve(steps.count());
    return new StepVector(steps.count());
  }
}
