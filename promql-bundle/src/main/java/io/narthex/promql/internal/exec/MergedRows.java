package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.promql.internal.steps.StepVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects series; those of the same labels become one, and must not meet at a step. */
final class MergedRows {
  private final QueryContext context;
  private final Map<Labels, StepVector> rows = new LinkedHashMap<>();

  MergedRows(QueryContext context) {
    this.context = context;
  }

  /** Adds the values of a series. */
  void add(Labels labels, StepVector values) {
    StepVector row = rows.get(labels);
    if (row == null) {
      context.budget().reserve(context.steps().count());
      rows.put(labels, values.copy());
      return;
    }
    if (Bits.meet(row.present(), values.present())) {
      throw Distinct.duplicate();
    }
    for (int i = values.next(0); i >= 0; i = values.next(i + 1)) {
      row.set(i, values.values()[i]);
    }
  }

  /** All series, in the order in which they first came. */
  List<Rows.Row> rows() {
    List<Rows.Row> list = new ArrayList<>(rows.size());
    rows.forEach((labels, values) -> list.add(new Rows.Row(labels, values)));
    return list;
  }
}
