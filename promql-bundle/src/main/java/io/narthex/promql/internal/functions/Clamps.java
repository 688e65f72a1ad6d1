package io.narthex.promql.internal.functions;

import io.narthex.promql.internal.steps.StepVector;
import java.util.Map;

/** {@code clamp}, {@code clamp_min}, {@code clamp_max}, {@code round}. */
final class Clamps {
  private Clamps() {}

  static Map<String, ParameterFunction> all() {
    return Map.of(
        "clamp", Clamps::clamp,
        "clamp_min", Clamps::clampMin,
        "clamp_max", Clamps::clampMax,
        "round", Clamps::round);
  }

  private static void clamp(StepVector series, double[][] parameters) {
    double[] v = series.values();
    for (int i = series.next(0); i >= 0; i = series.next(i + 1)) {
      double min = parameters[0][i];
      double max = parameters[1][i];
      if (max < min) {
        series.unset(i);
      } else {
        v[i] = Math.max(min, Math.min(max, v[i]));
      }
    }
  }

  private static void clampMin(StepVector series, double[][] parameters) {
    double[] v = series.values();
    for (int i = series.next(0); i >= 0; i = series.next(i + 1)) {
      v[i] = Math.max(parameters[0][i], v[i]);
    }
  }

  private static void clampMax(StepVector series, double[][] parameters) {
    double[] v = series.values();
    for (int i = series.next(0); i >= 0; i = series.next(i + 1)) {
      v[i] = Math.min(parameters[0][i], v[i]);
    }
  }

  /**
   * To the nearest multiple, ties up. Multiplying by the inverse rounds less often wrong than
   * dividing.
   */
  private static void round(StepVector series, double[][] parameters) {
    double[] v = series.values();
    for (int i = series.next(0); i >= 0; i = series.next(i + 1)) {
      double inverse = parameters.length == 0 ? 1 : 1 / parameters[0][i];
      v[i] = Math.floor(v[i] * inverse + 0.5) / inverse;
    }
  }
}
