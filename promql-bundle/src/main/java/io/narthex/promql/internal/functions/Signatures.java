package io.narthex.promql.internal.functions;

import static io.narthex.promql.internal.ast.ValueType.MATRIX;
import static io.narthex.promql.internal.ast.ValueType.SCALAR;
import static io.narthex.promql.internal.ast.ValueType.STRING;
import static io.narthex.promql.internal.ast.ValueType.VECTOR;

import io.narthex.promql.internal.ast.FunctionSignature;
import io.narthex.promql.internal.ast.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The signatures of all functions of upstream 3.14, whether this version runs them or not. */
public final class Signatures {
  private static final Map<String, FunctionSignature> ALL = new HashMap<>();

  static {
    stable(
        VECTOR,
        List.of(VECTOR),
        "abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg"
            + " histogram_count histogram_stddev histogram_stdvar histogram_sum ln log10 log2 rad"
            + " sgn sin sinh sort sort_desc sqrt tan tanh timestamp");
    stable(
        VECTOR,
        List.of(MATRIX),
        "absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta"
            + " increase irate last_over_time max_over_time min_over_time present_over_time rate"
            + " resets stddev_over_time stdvar_over_time sum_over_time");
    stable(SCALAR, List.of(), "pi time");
    stable(SCALAR, List.of(VECTOR), "scalar");
    stable(VECTOR, List.of(SCALAR), "vector");
    stable(VECTOR, List.of(VECTOR, SCALAR), "clamp_max clamp_min");
    stable(VECTOR, List.of(VECTOR, SCALAR, SCALAR), "clamp");
    stable(VECTOR, List.of(SCALAR, VECTOR), "histogram_quantile");
    stable(VECTOR, List.of(SCALAR, SCALAR, VECTOR), "histogram_fraction");
    stable(VECTOR, List.of(MATRIX, SCALAR), "predict_linear");
    stable(VECTOR, List.of(SCALAR, MATRIX), "quantile_over_time");
    stable(VECTOR, List.of(VECTOR, STRING, STRING, STRING, STRING), "label_replace");

    variadic(VECTOR, List.of(VECTOR), 1, "day_of_month day_of_week day_of_year days_in_month");
    variadic(VECTOR, List.of(VECTOR), 1, "hour minute month year");
    variadic(VECTOR, List.of(VECTOR, SCALAR), 1, "round");
    variadic(VECTOR, List.of(VECTOR, STRING, STRING, STRING), -1, "label_join");

    experimental(SCALAR, List.of(), 0, "start end step range");
    experimental(SCALAR, List.of(SCALAR, SCALAR), 0, "max_of min_of");
    experimental(VECTOR, List.of(VECTOR), 0, "start_timestamp");
    experimental(
        VECTOR,
        List.of(MATRIX),
        0,
        "mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time"
            + " ts_of_min_over_time");
    experimental(VECTOR, List.of(MATRIX, SCALAR, SCALAR), 0, "double_exponential_smoothing");
    experimental(VECTOR, List.of(VECTOR, STRING, SCALAR, SCALAR), 9, "histogram_quantiles");
    experimental(VECTOR, List.of(VECTOR, VECTOR), 1, "info");
    experimental(VECTOR, List.of(VECTOR, STRING), -1, "sort_by_label sort_by_label_desc");
  }

  private Signatures() {}

  /** The signature of the function of this name; null if there is none. */
  public static @Nullable FunctionSignature find(String name) {
    return ALL.get(name);
  }

  private static void stable(ValueType result, List<ValueType> arguments, String names) {
    add(result, arguments, 0, false, names);
  }

  private static void variadic(
      ValueType result, List<ValueType> arguments, int variadic, String names) {
    add(result, arguments, variadic, false, names);
  }

  private static void experimental(
      ValueType result, List<ValueType> arguments, int variadic, String names) {
    add(result, arguments, variadic, true, names);
  }

  private static void add(
      ValueType result,
      List<ValueType> arguments,
      int variadic,
      boolean experimental,
      String names) {
    for (String name : names.split(" ")) {
      ALL.put(name, new FunctionSignature(name, arguments, variadic, result, experimental));
    }
  }
}
