package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.promql.internal.steps.StepVector;
import java.util.function.Consumer;

/** Changes the values of each series in place, and what metric it is of. */
final class Mapped implements VectorOperator {
  private final VectorOperator input;
  private final boolean dropsName;
  private final Consumer<StepVector> change;
  private Labels labels = Labels.EMPTY;

  Mapped(VectorOperator input, boolean dropsName, Consumer<StepVector> change) {
    this.input = input;
    this.dropsName = dropsName;
    this.change = change;
  }

  @Override
  public boolean next() {
    while (input.next()) {
      change.accept(input.values());
      if (!input.values().isEmpty()) {
        labels = dropsName ? Metadata.drop(input.labels()) : input.labels();
        return true;
      }
    }
    return false;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public StepVector values() {
    return input.values();
  }
}
