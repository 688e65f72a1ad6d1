package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.QueryValue;
import io.narthex.api.storage.SeriesSet;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.MatrixSelector;
import io.narthex.promql.internal.ast.StringLiteral;
import io.narthex.promql.internal.steps.StepVector;
import io.narthex.promql.internal.steps.Steps;
import io.narthex.promql.internal.steps.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Runs a checked expression and makes its result. */
final class Evaluation {
  private static final Comparator<QueryValue.Series> BY_LABELS =
      Comparator.comparing(QueryValue.Series::labels);

  private final QueryContext context;
  private final Expr expr;
  private final Vectors vectors;

  Evaluation(QueryContext context, Expr expr) {
    this.context = context;
    this.expr = expr;
    this.vectors = new Vectors(context);
  }

  QueryResult instant() {
    long time = context.steps().start();
    QueryValue value =
        switch (expr.type()) {
          case STRING -> new QueryValue.Text(time, ((StringLiteral) expr.bare()).value());
          case SCALAR -> new QueryValue.Scalar(time, vectors.scalars().compute(expr)[0]);
          case VECTOR -> vector(time);
          case MATRIX -> samples((MatrixSelector) expr.bare());
        };
    return result(value);
  }

  /** A range query; its series are in no order yet. */
  List<QueryValue.Series> range() {
    List<QueryValue.Series> series = new ArrayList<>();
    switch (expr.type()) {
      case SCALAR -> {
        double[] values = vectors.scalars().compute(expr);
        long[] times = new long[values.length];
        Arrays.setAll(times, context.steps()::time);
        series.add(new QueryValue.Series(Labels.EMPTY, times, values));
      }
      case VECTOR -> rangeVector(series);
      default -> throw new IllegalArgumentException("no range query: " + expr);
    }
    return series;
  }

  QueryResult result(QueryValue value) {
    return new QueryResult(value, context.notes().warnings(), context.notes().infos());
  }

  static QueryValue.Matrix sorted(List<QueryValue.Series> series) {
    series.sort(BY_LABELS);
    return new QueryValue.Matrix(series);
  }

  private QueryValue vector(long time) {
    VectorOperator operator = new Distinct(vectors.operator(expr), false);
    List<QueryValue.Sample> samples = new ArrayList<>();
    while (operator.next()) {
      context.budget().reserve(1);
      samples.add(new QueryValue.Sample(operator.labels(), time, operator.values().values()[0]));
    }
    return new QueryValue.Vector(samples);
  }

  private void rangeVector(List<QueryValue.Series> result) {
    VectorOperator operator = vectors.operator(expr);
    MergedSeries merged = new MergedSeries(context.steps());
    while (operator.next()) {
      StepVector values = operator.values();
      context.budget().reserve(values.size());
      merged.add(operator.labels(), values);
    }
    merged.addTo(result);
  }

  /** The samples themselves, of an instant query that is a range selector. */
  private QueryValue samples(MatrixSelector selector) {
    Steps steps = context.steps();
    Lookup lookup = Lookup.of(steps, selector.selector().timing(), selector.range());
    SeriesSet set = lookup.select(context, selector.selector());
    Window window = new Window(context.budget());
    List<QueryValue.Series> series = new ArrayList<>();
    while (set.next()) {
      context.control().check();
      window.start(set.samples());
      window.moveTo(lookup.start(0), lookup.end(0));
      if (!window.isEmpty()) {
        context.budget().reserve(window.size());
        series.add(
            new QueryValue.Series(
                set.labels(),
                Arrays.copyOfRange(window.timestamps(), window.from(), window.end()),
                Arrays.copyOfRange(window.values(), window.from(), window.end())));
      }
    }
    set.warnings().forEach(context.notes()::warn);
    return sorted(series);
  }
}
