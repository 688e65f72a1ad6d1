package io.narthex.promql.internal.steps;

import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.SampleCursor;
import java.util.Arrays;

/**
 * A window that slides over the samples of a series, from step to step and only forward. The
 * samples inside are a part of two arrays, from {@link #from} up to and without {@link #end}; each
 * sample is read and copied once, however many windows it is in. Stale markers are left out. Not
 * safe for use by several threads.
 */
public final class Window {
  private static final int BATCH = 256;

  private final SampleBudget budget;
  private long[] timestamps = new long[2 * BATCH];
  private double[] values = new double[2 * BATCH];
  private int from;
  private int end;
  private int filled;
  private long dropped;
  private SampleCursor cursor = (timestampsOut, valuesOut, offset, length) -> -1;
  private boolean exhausted = true;

  /** A window over nothing. */
  public Window(SampleBudget budget) {
    this.budget = budget;
    budget.reserve(timestamps.length);
  }

  /** Starts again over the samples of another series. */
  public void start(SampleCursor samples) {
    cursor = samples;
    exhausted = false;
    from = 0;
    end = 0;
    filled = 0;
    dropped = 0;
  }

  /**
   * Slides to the samples with {@code after < timestamp <= until}; neither bound may be below that
   * of the last move.
   */
  public void moveTo(long after, long until) {
    while (!exhausted && (filled == 0 || timestamps[filled - 1] <= until)) {
      dropUntil(after);
      fill();
    }
    dropUntil(after);
    end = Math.max(end, from);
    while (end < filled && timestamps[end] <= until) {
      end++;
    }
  }

  private void dropUntil(long after) {
    while (from < filled && timestamps[from] <= after) {
      from++;
    }
  }

  private void fill() {
    if (timestamps.length - filled < BATCH) {
      makeRoom();
    }
    int n = cursor.read(timestamps, values, filled, timestamps.length - filled);
    if (n < 0) {
      exhausted = true;
      return;
    }
    int last = filled + n;
    for (int i = filled; i < last; i++) {
      if (!StaleMarker.is(values[i])) {
        timestamps[filled] = timestamps[i];
        values[filled] = values[i];
        filled++;
      }
    }
  }

  private void makeRoom() {
    System.arraycopy(timestamps, from, timestamps, 0, filled - from);
    System.arraycopy(values, from, values, 0, filled - from);
    dropped += from;
    end = Math.max(end - from, 0);
    filled -= from;
    from = 0;
    if (filled > timestamps.length / 2) {
      budget.reserve(timestamps.length);
      timestamps = Arrays.copyOf(timestamps, timestamps.length * 2);
      values = Arrays.copyOf(values, values.length * 2);
    }
  }

  /** Whether no sample is inside. */
  public boolean isEmpty() {
    return from == end;
  }

  /** How many samples are inside. */
  public int size() {
    return end - from;
  }

  /** The index of the first sample inside. */
  public int from() {
    return from;
  }

  /** The index behind the last sample inside. */
  public int end() {
    return end;
  }

  /** Timestamps by index. */
  public long[] timestamps() {
    return timestamps;
  }

  /** Values by index. */
  public double[] values() {
    return values;
  }

  /**
   * The number of a sample in its series, counted from 0; unlike the index it does not change as
   * the window slides.
   */
  public long number(int index) {
    return dropped + index;
  }

  /** The index of a sample of this number. */
  public int index(long number) {
    return (int) (number - dropped);
  }
}
