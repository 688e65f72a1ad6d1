package io.narthex.promql.internal.functions;

import io.narthex.promql.internal.steps.Window;
import java.util.Arrays;

/**
 * The counter resets in a sliding window: for each, the number of the sample after it and the value
 * before it.
 */
final class Resets {
  private long[] numbers = new long[8];
  private double[] before = new double[8];
  private int from;
  private int end;
  private long seen;

  void clear() {
    from = 0;
    end = 0;
    seen = 0;
  }

  /**
   * Finds the resets among the samples that came in, and forgets those that are not within the
   * window any more.
   */
  void slide(Window w) {
    long first = w.number(w.from());
    long until = w.number(w.end());
    double[] values = w.values();
    for (int i = w.index(Math.max(seen, first + 1)); i < w.end(); i++) {
      if (values[i] < values[i - 1]) {
        add(w.number(i), values[i - 1]);
      }
    }
    seen = Math.max(seen, until);
    while (from < end && numbers[from] <= first) {
      from++;
    }
  }

  /** Adds the values before the resets to a number, in order. */
  double addTo(double difference) {
    double sum = difference;
    for (int i = from; i < end; i++) {
      sum += before[i];
    }
    return sum;
  }

  private void add(long number, double valueBefore) {
    if (end == numbers.length) {
      makeRoom();
    }
    numbers[end] = number;
    before[end] = valueBefore;
    end++;
  }

  private void makeRoom() {
    System.arraycopy(numbers, from, numbers, 0, end - from);
    System.arraycopy(before, from, before, 0, end - from);
    end -= from;
    from = 0;
    if (end > numbers.length / 2) {
      numbers = Arrays.copyOf(numbers, numbers.length * 2);
      before = Arrays.copyOf(before, before.length * 2);
    }
  }
}
