package io.narthex.storage.internal.append;

import io.narthex.api.model.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction knows of a slot, unless all is as usual. {@code stamp} says for which pass
 * over the transaction {@link #pass} holds.
 */
final class Slot {
  /** As long as there is no series. */
  static final int NONE = -1;

  /** The slot's number. */
  final int number;

  /** The number of the series, which may be removed by now. */
  int series;

  /** May wrap around. */
  int stamp;

  private @Nullable Pass pass;

  /** What holds during one pass only, so that most slots have none. */
  static final class Pass {
    /** Time of the newest sample of the pass. */
    long time;

    /** Its bits, if it is a float. */
    long bits;

    /** The sample, if it is a histogram. */
    @Nullable NativeHistogram histogram;

    /** Whether a sample of the pass goes in loose, so that all of the series do. */
    boolean goesLoose;

    /** Whether this pass has defined the series in the log, so that {@code ref} holds. */
    boolean isReferred;

    int ref;

    /** The panel of this pass. */
    @Nullable RowPlan plan;

    /** The slot in it. */
    int place;

    /** Whether this pass has had a sample in no row. */
    boolean isLoose;

    /** The bits of that sample. */
    long looseBits;
  }

  Slot(int number, int series) {
    this.number = number;
    this.series = series;
  }

  /** What holds during the pass. */
  Pass pass() {
    Pass now = pass;
    if (now == null) {
      now = new Pass();
      pass = now;
    }
    return now;
  }

  /** A pass begins that knows nothing of the one before. */
  void beginPass() {
    pass = null;
  }
}
