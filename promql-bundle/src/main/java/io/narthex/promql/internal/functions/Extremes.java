package io.narthex.promql.internal.functions;

import io.narthex.promql.internal.steps.StepVector;
import io.narthex.promql.internal.steps.Window;
import java.util.Arrays;

/**
 * {@code min_over_time} and {@code max_over_time}: keeps the samples that may still become the
 * extreme, which are in order of value, so that each sample comes in and goes out once. NaN is the
 * result only if there is nothing else.
 */
final class Extremes implements WindowFunction {
  private final boolean max;
  private long[] numbers = new long[16];
  private double[] values = new double[16];
  private int from;
  private int end;
  private long seen;

  Extremes(boolean max) {
    this.max = max;
  }

  @Override
  public void startSeries() {
    from = 0;
    end = 0;
    seen = 0;
  }

  @Override
  public void apply(Window w, long start, long stop, StepVector out, int step) {
    long first = w.number(w.from());
    for (int i = w.index(Math.max(seen, first)); i < w.end(); i++) {
      enter(w.number(i), w.values()[i]);
    }
    seen = Math.max(seen, w.number(w.end()));
    while (from < end && numbers[from] < first) {
      from++;
    }
    out.set(step, from < end ? values[from] : Double.NaN);
  }

  private void enter(long number, double value) {
    if (Double.isNaN(value)) {
      return;
    }
    while (from < end && (max ? values[end - 1] < value : values[end - 1] > value)) {
      end--;
    }
    if (end == numbers.length) {
      makeRoom();
    }
    numbers[end] = number;
    values[end] = value;
    end++;
  }

  private void makeRoom() {
    System.arraycopy(numbers, from, numbers, 0, end - from);
    System.arraycopy(values, from, values, 0, end - from);
    end -= from;
    from = 0;
    if (end > numbers.length / 2) {
      numbers = Arrays.copyOf(numbers, numbers.length * 2);
      values = Arrays.copyOf(values, values.length * 2);
    }
  }
}
