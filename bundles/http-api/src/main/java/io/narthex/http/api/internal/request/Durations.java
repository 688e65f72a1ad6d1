package io.narthex.http.api.internal.request;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads durations as upstream's API does: seconds with decimals, or PromQL's spelling; and prints
 * the latter.
 */
public final class Durations {
  private static final Pattern SPELLED =
      Pattern.compile(
          "(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?"
              + "(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?");

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;
  private static final long YEAR = 365 * DAY;

  /** The units, the biggest first, and how many ms each has. */
  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

  private static final long[] UNIT_MILLIS = {YEAR, WEEK, DAY, HOUR, MINUTE, SECOND, 1};

  private Durations() {}

  /** The duration in ns, or an exception with upstream's words. */
  static long parseNanos(String s) throws UnreadableException {
    OptionalDouble seconds = GoNumbers.parseFloat(s);
    if (seconds.isPresent()) {
      return ofSeconds(seconds.getAsDouble(), s);
    }
    Matcher matcher = SPELLED.matcher(s);
    if (s.isEmpty() || !matcher.matches()) {
      throw unreadable(s, "");
    }
    try {
      long nanos = 0;
      for (int i = 0; i < UNITS.length; i++) {
        String count = matcher.group(i + 1);
        if (count != null) {
          long unit = Math.multiplyExact(UNIT_MILLIS[i], 1_000_000L);
          nanos = Math.addExact(nanos, Math.multiplyExact(Long.parseLong(count), unit));
        }
      }
      return nanos;
    } catch (ArithmeticException | NumberFormatException ignored) {
      throw unreadable(s, "");
    }
  }

  /**
   * As upstream prints it: {@code 1h30m}, {@code 15s}; years and weeks only where nothing is left
   * over.
   */
  public static String print(long millis) {
    if (millis == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    long rest = millis;
    for (int i = 0; i < UNITS.length; i++) {
      boolean exactOnly = UNIT_MILLIS[i] >= WEEK;
      if (exactOnly && rest % UNIT_MILLIS[i] != 0) {
        continue;
      }
      long count = rest / UNIT_MILLIS[i];
      if (count > 0) {
        out.append(count).append(UNITS[i]);
        rest -= count * UNIT_MILLIS[i];
      }
    }
    return out.toString();
  }

  private static long ofSeconds(double seconds, String s) throws UnreadableException {
    double nanos = seconds * 1e9;
    if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
      throw unreadable(s, ". It overflows int64");
    }
    // Go turns NaN into the smallest number, which callers refuse as negative.
    return Double.isNaN(nanos) ? Long.MIN_VALUE : (long) nanos;
  }

  private static UnreadableException unreadable(String s, String more) {
    return new UnreadableException(
        "cannot parse %s to a valid duration%s".formatted(GoQuote.quote(s), more));
  }
}
