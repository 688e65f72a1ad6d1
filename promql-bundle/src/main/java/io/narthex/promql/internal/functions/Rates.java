package io.narthex.promql.internal.functions;

import io.narthex.promql.internal.steps.StepVector;
import io.narthex.promql.internal.steps.Window;
import java.util.Map;
import java.util.function.Supplier;

/** {@code rate}, {@code increase}, {@code delta}, {@code irate}, {@code idelta}. */
final class Rates {
  private Rates() {}

  static Map<String, Supplier<WindowFunction>> all() {
    return Map.of(
        "rate", () -> new Extrapolated(true, true),
        "increase", () -> new Extrapolated(true, false),
        "delta", () -> new Extrapolated(false, false),
        "irate", () -> (w, start, end, out, step) -> lastTwo(w, true, out, step),
        "idelta", () -> (w, start, end, out, step) -> lastTwo(w, false, out, step));
  }

  private static void lastTwo(Window w, boolean rate, StepVector out, int step) {
    if (w.size() < 2) {
      return;
    }
    int last = w.end() - 1;
    long interval = w.timestamps()[last] - w.timestamps()[last - 1];
    if (interval == 0) {
      return;
    }
    double current = w.values()[last];
    double previous = w.values()[last - 1];
    boolean reset = rate && current < previous;
    double difference = reset ? current : current - previous;
    out.set(step, rate ? difference / (interval / 1000.0) : difference);
  }

  /**
   * The difference of the last and the first sample, extrapolated to the ends of the window
   * (upstream: extrapolatedRate). A step costs the counter resets in its window, not its samples:
   * resets are found once, as samples come in.
   */
  private static final class Extrapolated implements WindowFunction {
    /**
     * How far a sample may be from an end of the window, in average intervals, for the series to
     * reach that end.
     */
    private static final double THRESHOLD = 1.1;

    private final boolean counter;
    private final boolean perSecond;
    private final Resets resets = new Resets();

    Extrapolated(boolean counter, boolean perSecond) {
      this.counter = counter;
      this.perSecond = perSecond;
    }

    @Override
    public void startSeries() {
      resets.clear();
    }

    @Override
    public void apply(Window w, long start, long end, StepVector out, int step) {
      if (counter) {
        resets.slide(w);
      }
      if (w.size() < 2) {
        return;
      }
      double first = w.values()[w.from()];
      double difference = w.values()[w.end() - 1] - first;
      if (counter) {
        difference = resets.addTo(difference);
      }
      double result = difference * factor(w, start, end, first, difference);
      out.set(step, result);
    }

    private double factor(Window w, long start, long end, double first, double difference) {
      long firstTime = w.timestamps()[w.from()];
      long lastTime = w.timestamps()[w.end() - 1];
      double sampled = (lastTime - firstTime) / 1000.0;
      double average = sampled / (w.size() - 1);
      double threshold = average * THRESHOLD;
      double toStart = (firstTime - start) / 1000.0;
      double toEnd = (end - lastTime) / 1000.0;
      if (toStart >= threshold) {
        toStart = average / 2;
      }
      if (counter && difference > 0 && first >= 0) {
        // A counter was not below 0, so the series cannot have begun before the line through it was
        // there.
        double toZero = sampled * (first / difference);
        toStart = toZero < toStart ? toZero : toStart;
      }
      if (toEnd >= threshold) {
        toEnd = average / 2;
      }
      double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
      return perSecond ? factor / ((end - start) / 1000.0) : factor;
    }
  }
}
