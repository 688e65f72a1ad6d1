package io.narthex.promql.internal.functions;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The functions that this version runs, by name. Those of {@link #SPECIAL} are operators of their
 * own.
 */
public final class Functions {
  private static final Map<String, Supplier<WindowFunction>> WINDOWS = new HashMap<>();
  private static final Map<String, DoubleUnaryOperator> NUMBERS = Maths.all();
  private static final Map<String, ParameterFunction> PARAMETERS = Clamps.all();
  private static final Set<String> SPECIAL =
      Set.of("time", "pi", "scalar", "vector", "timestamp", "absent", "absent_over_time");

  /** Those that keep the metric name. */
  private static final Set<String> KEEP_NAME = Set.of("last_over_time", "first_over_time");

  static {
    WINDOWS.putAll(Rates.all());
    WINDOWS.putAll(OverTime.all());
  }

  private Functions() {}

  /** Whether this version runs the function. */
  public static boolean isKnown(String name) {
    return WINDOWS.containsKey(name)
        || NUMBERS.containsKey(name)
        || PARAMETERS.containsKey(name)
        || SPECIAL.contains(name);
  }

  /** A fresh function of a range vector; null if this name is none. */
  public static @Nullable WindowFunction window(String name) {
    Supplier<WindowFunction> supplier = WINDOWS.get(name);
    return supplier == null ? null : supplier.get();
  }

  /** A function of one number; null if this name is none. */
  public static @Nullable DoubleUnaryOperator number(String name) {
    return NUMBERS.get(name);
  }

  /** A function with parameters; null if this name is none. */
  public static @Nullable ParameterFunction parameter(String name) {
    return PARAMETERS.get(name);
  }

  /** Whether the result is still the same metric. */
  public static boolean keepsName(String name) {
    return KEEP_NAME.contains(name);
  }
}
