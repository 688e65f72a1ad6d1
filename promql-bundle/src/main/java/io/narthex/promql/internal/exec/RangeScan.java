package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.SeriesSet;
import io.narthex.promql.internal.ast.MatrixSelector;
import io.narthex.promql.internal.functions.WindowFunction;
import io.narthex.promql.internal.steps.StepVector;
import io.narthex.promql.internal.steps.Window;

/** A function of a range vector selector: a window slides over the samples of each series. */
final class RangeScan implements VectorOperator {
  private static final int STEPS_BETWEEN_CHECKS = 256;

  private final QueryContext context;
  private final Lookup lookup;
  private final WindowFunction function;
  private final boolean wantsCounter;
  private final int offset;
  private final SeriesSet series;
  private final Window window;
  private final StepVector values;

  /**
   * A scan.
   *
   * @param wantsCounter whether to tell the user if the metric does not look like a counter
   */
  RangeScan(
      QueryContext context,
      MatrixSelector selector,
      WindowFunction function,
      boolean wantsCounter) {
    this.context = context;
    this.function = function;
    this.wantsCounter = wantsCounter;
    this.offset = selector.span().start();
    this.lookup = Lookup.of(context.steps(), selector.selector().timing(), selector.range());
    this.series = lookup.select(context, selector.selector());
    this.window = new Window(context.budget());
    this.values = context.vector();
  }

  @Override
  public boolean next() {
    while (series.next()) {
      values.clear();
      scan();
      if (lookup.pinned()) {
        values.repeatFirst();
      }
      if (!values.isEmpty()) {
        if (wantsCounter) {
          checkName();
        }
        return true;
      }
    }
    series.warnings().forEach(context.notes()::warn);
    return false;
  }

  @Override
  public Labels labels() {
    return series.labels();
  }

  @Override
  public StepVector values() {
    return values;
  }

  private void scan() {
    window.start(series.samples());
    function.startSeries();
    int steps = lookup.distinct();
    for (int step = 0; step < steps; step++) {
      if (step % STEPS_BETWEEN_CHECKS == 0) {
        context.control().check();
      }
      long start = lookup.start(step);
      long end = lookup.end(step);
      window.moveTo(start, end);
      if (!window.isEmpty()) {
        function.apply(window, start, end, values, step);
      }
    }
  }

  private void checkName() {
    String name = series.labels().metricName();
    boolean counter =
        name.isEmpty()
            || name.endsWith("_total")
            || name.endsWith("_sum")
            || name.endsWith("_count")
            || name.endsWith("_bucket");
    if (!counter) {
      context.notes().maybeNoCounter(name, offset);
    }
  }
}
