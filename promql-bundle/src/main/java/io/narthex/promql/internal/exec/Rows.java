package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.promql.internal.steps.StepVector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Series that are held in memory. */
final class Rows implements VectorOperator {
  /** A series. */
  record Row(Labels labels, StepVector values) {}

  private final Iterator<Row> rows;
  private Row current = new Row(Labels.EMPTY, new StepVector(0));

  Rows(List<Row> rows) {
    this.rows = rows.iterator();
  }

  /** Takes all series of an operator into memory. */
  static List<Row> drain(QueryContext context, VectorOperator input) {
    List<Row> rows = new ArrayList<>();
    while (input.next()) {
      context.budget().reserve(context.steps().count());
      rows.add(new Row(input.labels(), input.values().copy()));
    }
    return rows;
  }

  @Override
  public boolean next() {
    while (rows.hasNext()) {
      current = rows.next();
      if (!current.values().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Labels labels() {
    return current.labels();
  }

  @Override
  public StepVector values() {
    return current.values();
  }
}
