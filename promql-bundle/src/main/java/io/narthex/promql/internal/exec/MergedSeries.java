package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryValue;
import io.narthex.promql.internal.steps.StepVector;
import io.narthex.promql.internal.steps.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The series of a range query's result; parts of the same labels become one, and must not meet at a
 * step.
 */
final class MergedSeries {
  private final Steps steps;
  private final Map<Labels, QueryValue.Series> series = new LinkedHashMap<>();

  MergedSeries(Steps steps) {
    this.steps = steps;
  }

  void add(Labels labels, StepVector values) {
    QueryValue.Series part = compact(labels, values);
    QueryValue.Series before = series.put(labels, part);
    if (before != null) {
      series.put(labels, merge(before, part));
    }
  }

  void addTo(List<QueryValue.Series> result) {
    result.addAll(series.values());
  }

  private QueryValue.Series compact(Labels labels, StepVector vector) {
    int size = vector.size();
    long[] times = new long[size];
    double[] values = new double[size];
    int n = 0;
    for (int i = vector.next(0); i >= 0; i = vector.next(i + 1)) {
      times[n] = steps.time(i);
      values[n] = vector.values()[i];
      n++;
    }
    return new QueryValue.Series(labels, times, values);
  }

  private static QueryValue.Series merge(QueryValue.Series a, QueryValue.Series b) {
    int size = a.timestamps().length + b.timestamps().length;
    long[] times = new long[size];
    double[] values = new double[size];
    int i = 0;
    int j = 0;
    for (int n = 0; n < size; n++) {
      boolean takeB = i == a.timestamps().length;
      if (!takeB && j < b.timestamps().length) {
        if (a.timestamps()[i] == b.timestamps()[j]) {
          throw Distinct.duplicate();
        }
        takeB = b.timestamps()[j] < a.timestamps()[i];
      }
      times[n] = takeB ? b.timestamps()[j] : a.timestamps()[i];
      values[n] = takeB ? b.values()[j++] : a.values()[i++];
    }
    return new QueryValue.Series(a.labels(), times, values);
  }
}
