package io.narthex.storage.internal.query;

import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.SampleKind;

/** What a series has in rows, one by one. */
final class RowSource extends SampleSource {
  private static final int AHEAD = 128;

  private final RowReader rows;
  private long[] times = {};
  private double[] values = {};
  private int at;
  private int size;

  RowSource(RowReader rows) {
    this.rows = rows;
  }

  /** Goes before what its reader gives next. */
  void reset() {
    at = -1;
    size = 0;
  }

  @Override
  boolean advance() {
    if (++at < size) {
      return true;
    }
    if (times.length == 0) {
      times = new long[AHEAD];
      values = new double[AHEAD];
    }
    at = 0;
    size = rows.read(times, values, 0, AHEAD);
    return size > 0;
  }

  @Override
  long time() {
    return times[at];
  }

  @Override
  SampleKind kind() {
    return SampleKind.FLOAT;
  }

  @Override
  double value() {
    return values[at];
  }

  @Override
  NativeHistogram histogram() {
    throw new IllegalStateException("rows have no histograms");
  }
}
