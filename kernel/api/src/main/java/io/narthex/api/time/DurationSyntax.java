package io.narthex.api.time;

import java.time.Duration;
import java.util.List;

/**
 * Durations as configuration files, flags, parameters and PromQL spell them: {@code 1h30m}, units
 * in the order {@code y w d h m s ms}, each at most once, or {@code 0}. A year is 365 days
 * (upstream: prometheus/common, model/time.go, whose error texts these are).
 */
public final class DurationSyntax {
  private static final List<String> UNITS = List.of("y", "w", "d", "h", "m", "s", "ms");
  private static final long[] UNIT_MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  /** Years and weeks are printed only when nothing is left over, since 90d reads better. */
  private static final int EXACT_UNITS = 2;

  /** Upstream counts in nanoseconds, so 292 years are the limit of its files too. */
  private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

  private DurationSyntax() {}

  /**
   * Parses a duration.
   *
   * @throws IllegalArgumentException with upstream's text
   */
  public static Duration parse(String text) {
    return Duration.ofMillis(parseMillis(text));
  }

  /**
   * Parses a duration to milliseconds.
   *
   * @throws IllegalArgumentException with upstream's text
   */
  public static long parseMillis(String text) {
    if (text.equals("0")) {
      return 0;
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty duration string");
    }
    long millis = 0;
    int lastUnit = -1;
    for (int at = 0; at < text.length(); ) {
      int unitAt = endOf(true, text, at);
      int end = endOf(false, text, unitAt);
      if (unitAt == at || end == unitAt) {
        throw invalid(text);
      }
      int unit = UNITS.indexOf(text.substring(unitAt, end));
      if (unit < 0) {
        throw new IllegalArgumentException(
            "unknown unit \"%s\" in duration \"%s\"".formatted(text.substring(unitAt, end), text));
      }
      if (unit <= lastUnit) {
        throw invalid(text);
      }
      millis = add(millis, text.substring(at, unitAt), UNIT_MILLIS[unit]);
      lastUnit = unit;
      at = end;
    }
    return millis;
  }

  /**
   * Prints a duration of whole milliseconds, not negative, so that {@link #parse} reads it back.
   */
  public static String format(Duration duration) {
    return formatMillis(duration.toMillis());
  }

  /** Prints milliseconds, not negative, so that {@link #parseMillis} reads them back. */
  public static String formatMillis(long millis) {
    if (millis == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    long rest = millis;
    for (int i = 0; i < UNIT_MILLIS.length; i++) {
      long count = rest / UNIT_MILLIS[i];
      if (count > 0 && (i >= EXACT_UNITS || rest % UNIT_MILLIS[i] == 0)) {
        out.append(count).append(UNITS.get(i));
        rest -= count * UNIT_MILLIS[i];
      }
    }
    return out.toString();
  }

  private static int endOf(boolean digits, String text, int from) {
    int at = from;
    while (at < text.length() && digits == (text.charAt(at) >= '0' && text.charAt(at) <= '9')) {
      at++;
    }
    return at;
  }

  private static long add(long millis, String digits, long unitMillis) {
    try {
      long sum = Math.addExact(millis, Math.multiplyExact(Long.parseLong(digits), unitMillis));
      if (sum <= MAX_MILLIS) {
        return sum;
      }
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      throw new IllegalArgumentException("duration out of range", tooLarge);
    }
    throw new IllegalArgumentException("duration out of range");
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("not a valid duration string: \"%s\"".formatted(text));
  }
}
