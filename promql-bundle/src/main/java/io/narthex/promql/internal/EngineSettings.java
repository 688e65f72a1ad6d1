package io.narthex.promql.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.time.DurationSyntax;

/**
 * The engine's flags.
 *
 * @param timeout in ms
 * @param lookback in ms
 */
record EngineSettings(
    long timeout, int maxConcurrency, int maxConcurrentRules, long maxSamples, long lookback) {
  static EngineSettings of(ServerFlags flags) {
    return new EngineSettings(
        duration(flags, "query.timeout"),
        threads(flags, "query.max-concurrency"),
        threads(flags, "rules.max-concurrent-evals"),
        number(flags, "query.max-samples"),
        duration(flags, "query.lookback-delta"));
  }

  private static int threads(ServerFlags flags, String name) {
    return (int) Math.min(Short.MAX_VALUE, number(flags, name));
  }

  private static long duration(ServerFlags flags, String name) {
    String value = flags.get(name);
    try {
      long millis = DurationSyntax.parseMillis(value);
      if (millis > 0) {
        return millis;
      }
    } catch (IllegalArgumentException e) {
      throw invalid(name, value, "a duration above 0 such as 5m");
    }
    throw invalid(name, value, "a duration above 0 such as 5m");
  }

  private static long number(ServerFlags flags, String name) {
    String value = flags.get(name);
    try {
      long number = Long.parseLong(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, value, "a whole number above 0");
    }
    throw invalid(name, value, "a whole number above 0");
  }

  private static IllegalArgumentException invalid(String name, String value, String wanted) {
    return new IllegalArgumentException(
        "flag --%s is \"%s\", but must be %s".formatted(name, value, wanted));
  }
}
