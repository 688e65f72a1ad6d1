package io.narthex.promql.internal.exec;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryErrors;
import io.narthex.promql.internal.steps.StepVector;
import java.util.HashMap;
import java.util.Map;

/** Lets all series pass, but fails when two of the same labels have a value at the same step. */
final class Distinct implements VectorOperator {
  private final VectorOperator input;
  private final boolean atAnyStep;
  private final Map<Labels, long[]> seen = new HashMap<>();

  /**
   * A check.
   *
   * @param atAnyStep whether it also fails when two series of the same labels never meet at a step
   */
  Distinct(VectorOperator input, boolean atAnyStep) {
    this.input = input;
    this.atAnyStep = atAnyStep;
  }

  @Override
  public boolean next() {
    if (!input.next()) {
      return false;
    }
    long[] present = input.values().present();
    long[] before = seen.putIfAbsent(input.labels(), present.clone());
    if (before != null) {
      if (atAnyStep || Bits.meet(before, present)) {
        throw duplicate();
      }
      Bits.add(before, present);
    }
    return true;
  }

  @Override
  public Labels labels() {
    return input.labels();
  }

  @Override
  public StepVector values() {
    return input.values();
  }

  static NarthexException duplicate() {
    return new NarthexException(
        QueryErrors.EXECUTION, "vector cannot contain metrics with the same labelset");
  }
}
