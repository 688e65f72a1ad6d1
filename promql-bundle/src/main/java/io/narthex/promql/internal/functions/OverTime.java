package io.narthex.promql.internal.functions;

import io.narthex.promql.internal.steps.KahanSum;
import io.narthex.promql.internal.steps.StepVector;
import io.narthex.promql.internal.steps.Window;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The functions over all samples of a window. Sums are taken anew for each window, although they
 * could slide: upstream's results, to the last bit, are those of this order of additions.
 */
final class OverTime {
  private OverTime() {}

  /** A function that has a value for every window with a sample. */
  @FunctionalInterface
  private interface Total {
    double of(Window w, KahanSum scratch);
  }

  static Map<String, Supplier<WindowFunction>> all() {
    Map<String, Supplier<WindowFunction>> all = new HashMap<>();
    all.put("max_over_time", () -> new Extremes(true));
    all.put("min_over_time", () -> new Extremes(false));
    put(all, "sum_over_time", OverTime::sum);
    put(all, "avg_over_time", OverTime::average);
    put(all, "count_over_time", (w, scratch) -> w.size());
    put(all, "present_over_time", (w, scratch) -> 1);
    put(all, "last_over_time", (w, scratch) -> w.values()[w.end() - 1]);
    put(all, "first_over_time", (w, scratch) -> w.values()[w.from()]);
    put(all, "stdvar_over_time", (w, scratch) -> variance(w));
    put(all, "stddev_over_time", (w, scratch) -> Math.sqrt(variance(w)));
    put(all, "changes", (w, scratch) -> changes(w));
    put(all, "resets", (w, scratch) -> resets(w));
    return all;
  }

  private static void put(Map<String, Supplier<WindowFunction>> all, String name, Total total) {
    all.put(
        name,
        () -> {
          KahanSum scratch = new KahanSum();
          return (Window w, long start, long end, StepVector out, int step) ->
              out.set(step, total.of(w, scratch));
        });
  }

  private static double sum(Window w, KahanSum sum) {
    sum.reset(0);
    double[] values = w.values();
    for (int i = w.from(); i < w.end(); i++) {
      sum.add(values[i]);
    }
    return sum.value();
  }

  /**
   * The sum divided by the count or, from where the sum would overflow, a mean that is carried
   * along.
   */
  private static double average(Window w, KahanSum sum) {
    double[] values = w.values();
    sum.reset(values[w.from()]);
    double count = 1;
    for (int i = w.from() + 1; i < w.end(); i++) {
      if (Double.isInfinite(sum.sum() + values[i])) {
        sum.divide(count);
        return runningMean(w, i, count, sum);
      }
      sum.add(values[i]);
      count++;
    }
    return sum.sum() / count + sum.error() / count;
  }

  private static double runningMean(Window w, int from, double countBefore, KahanSum mean) {
    double count = countBefore;
    for (int i = from; i < w.end(); i++) {
      count++;
      mean.scale((count - 1) / count);
      mean.add(w.values()[i] / count);
    }
    return mean.value();
  }

  private static double variance(Window w) {
    double[] values = w.values();
    KahanSum mean = new KahanSum();
    KahanSum squares = new KahanSum();
    double count = 0;
    for (int i = w.from(); i < w.end(); i++) {
      count++;
      double delta = values[i] - mean.value();
      mean.add(delta / count);
      squares.add(delta * (values[i] - mean.value()));
    }
    return squares.value() / count;
  }

  private static double changes(Window w) {
    double[] values = w.values();
    int changes = 0;
    for (int i = w.from() + 1; i < w.end(); i++) {
      boolean bothNaN = Double.isNaN(values[i]) && Double.isNaN(values[i - 1]);
      if (values[i] != values[i - 1] && !bothNaN) {
        changes++;
      }
    }
    return changes;
  }

  private static double resets(Window w) {
    double[] values = w.values();
    int resets = 0;
    for (int i = w.from() + 1; i < w.end(); i++) {
      if (values[i] < values[i - 1]) {
        resets++;
      }
    }
    return resets;
  }
}
