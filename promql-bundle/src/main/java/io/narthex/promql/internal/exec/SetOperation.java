package io.narthex.promql.internal.exec;

import io.narthex.promql.internal.ast.Binary;
import io.narthex.promql.internal.ast.BinaryOp;
import io.narthex.promql.internal.steps.StepVector;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code and}, {@code or}, {@code unless}. One side is only remembered as bits for each match
 * group.
 */
final class SetOperation {
  private final QueryContext context;
  private final MatchKeys keys;
  private final List<long[]> groups = new ArrayList<>();
  private final MergedRows result;

  private SetOperation(QueryContext context, Binary binary) {
    this.context = context;
    this.keys = new MatchKeys(binary.matching());
    this.result = new MergedRows(context);
  }

  static VectorOperator run(
      QueryContext context, Binary binary, VectorOperator left, VectorOperator right) {
    SetOperation operation = new SetOperation(context, binary);
    if (binary.op() == BinaryOp.OR) {
      operation.remember(left, true);
      operation.keep(right, false);
    } else {
      operation.remember(right, false);
      operation.keep(left, binary.op() == BinaryOp.AND);
    }
    return new Rows(operation.result.rows());
  }

  private void remember(VectorOperator side, boolean isResult) {
    while (side.next()) {
      Bits.add(group(side), side.values().present());
      if (isResult) {
        result.add(side.labels(), side.values());
      }
    }
  }

  /** Adds to the result what is, or is not, in a group that was remembered. */
  private void keep(VectorOperator side, boolean inGroup) {
    while (side.next()) {
      StepVector values = side.values();
      if (inGroup) {
        values.retain(group(side));
      } else {
        Bits.remove(values.present(), group(side));
      }
      if (!values.isEmpty()) {
        result.add(side.labels(), values);
      }
    }
  }

  private long[] group(VectorOperator side) {
    int number = keys.number(side.labels());
    if (number == groups.size()) {
      int words = StepVector.words(context.steps().count());
      context.budget().reserve(words);
      groups.add(new long[words]);
    }
    return groups.get(number);
  }
}
