package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.promql.internal.ast.Aggregate;
import io.narthex.promql.internal.ast.AggregateOp;
import io.narthex.promql.internal.steps.StepVector;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Folds the series of its input into groups, as they stream by; groups come out in the order in
 * which they were first seen.
 *
 * <p>For parallel runs the input is going to be cut into a constant number of partitions, each with
 * a map like {@link #groups}, which are merged in a fixed order so that results do not depend on
 * the number of cores.
 */
final class Aggregation implements VectorOperator {
  private final QueryContext context;
  private final VectorOperator input;
  private final AggregateOp op;
  private final Set<String> grouping;
  private final boolean without;
  private final Map<Labels, Accumulator> groups = new LinkedHashMap<>();
  private Iterator<Map.Entry<Labels, Accumulator>> results = groups.entrySet().iterator();
  private boolean folded;
  private Labels labels = Labels.EMPTY;
  private StepVector values = new StepVector(0);

  Aggregation(QueryContext context, VectorOperator input, Aggregate aggregate) {
    this.context = context;
    this.input = input;
    this.op = aggregate.op();
    this.grouping = Set.copyOf(aggregate.grouping());
    this.without = aggregate.without();
  }

  @Override
  public boolean next() {
    if (!folded) {
      fold();
      folded = true;
      results = groups.entrySet().iterator();
    }
    if (!results.hasNext()) {
      return false;
    }
    Map.Entry<Labels, Accumulator> group = results.next();
    labels = group.getKey();
    values = group.getValue().finish();
    return true;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public StepVector values() {
    return values;
  }

  private void fold() {
    int steps = context.steps().count();
    while (input.next()) {
      Labels key = key(input.labels());
      Accumulator group = groups.get(key);
      if (group == null) {
        context.budget().reserve((long) steps * Accumulator.width(op));
        group = Accumulator.of(op, steps);
        groups.put(key, group);
      }
      group.fold(input.values());
    }
  }

  private Labels key(Labels series) {
    if (without) {
      return series.filter(name -> !name.equals(Labels.METRIC_NAME) && !grouping.contains(name));
    }
    return grouping.isEmpty() ? Labels.EMPTY : series.filter(grouping::contains);
  }
}
