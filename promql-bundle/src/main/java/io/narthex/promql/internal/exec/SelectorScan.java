package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.promql.internal.ast.VectorSelector;
import io.narthex.promql.internal.steps.StepVector;

/**
 * An instant vector selector: at each step the newest sample within the lookback, unless it is a
 * stale marker.
 */
final class SelectorScan implements VectorOperator {
  private static final int BATCH = 256;

  private final QueryContext context;
  private final Lookup lookup;
  private final boolean timestamps;
  private final SeriesSet series;
  private final StepVector values;
  private final long[] batchTimes = new long[BATCH];
  private final double[] batchValues = new double[BATCH];
  private int batchAt;
  private int batchEnd;
  private boolean exhausted;

  /**
   * A scan.
   *
   * @param timestamps whether the values are the samples' times in seconds
   */
  SelectorScan(QueryContext context, VectorSelector selector, boolean timestamps) {
    this.context = context;
    this.timestamps = timestamps;
    this.lookup = Lookup.of(context.steps(), selector.timing(), context.lookback());
    this.series = lookup.select(context, selector);
    this.values = context.vector();
  }

  @Override
  public boolean next() {
    while (series.next()) {
      context.control().check();
      values.clear();
      scan(series.samples());
      if (lookup.pinned()) {
        values.repeatFirst();
      }
      if (!values.isEmpty()) {
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

  private void scan(SampleCursor cursor) {
    batchAt = 0;
    batchEnd = 0;
    exhausted = false;
    boolean any = false;
    long time = 0;
    double value = 0;
    int steps = lookup.distinct();
    for (int step = 0; step < steps; step++) {
      long until = lookup.end(step);
      while (hasSample(cursor) && batchTimes[batchAt] <= until) {
        time = batchTimes[batchAt];
        value = batchValues[batchAt];
        any = true;
        batchAt++;
      }
      if (any && time > lookup.start(step) && !StaleMarker.is(value)) {
        values.set(step, timestamps ? time / 1000.0 : value);
      }
    }
  }

  private boolean hasSample(SampleCursor cursor) {
    while (batchAt == batchEnd && !exhausted) {
      int n = cursor.read(batchTimes, batchValues, 0, BATCH);
      exhausted = n < 0;
      batchAt = 0;
      batchEnd = Math.max(n, 0);
    }
    return batchAt < batchEnd;
  }
}
