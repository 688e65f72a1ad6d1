package io.narthex.promql.internal.source;

import java.util.List;

/** Durations as upstream writes them, for example {@code 1h30m}; all in ms. */
public final class Durations {
  private static final long SECOND = 1000;
  private static final long DAY = 86_400 * SECOND;
  private static final long[] UNITS = {
    365 * DAY, 7 * DAY, DAY, 3600 * SECOND, 60 * SECOND, SECOND, 1
  };
  private static final String[] NAMES = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final int EXACT_UNITS = 2;
  private static final long MAX = Long.MAX_VALUE / 1_000_000;

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException with upstream's text
   */
  public static long parse(String text) {
    if (text.equals("0")) {
      return 0;
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty duration string");
    }
    long sum = 0;
    int after = -1;
    int at = 0;
    while (at < text.length()) {
      int unitAt = skip(text, at, true);
      int next = skip(text, unitAt, false);
      if (unitAt == at || next == unitAt) {
        throw invalid(text);
      }
      String name = text.substring(unitAt, next);
      int unit = List.of(NAMES).indexOf(name);
      if (unit < 0) {
        throw new IllegalArgumentException(
            "unknown unit " + GoText.quote(name) + " in duration " + GoText.quote(text));
      }
      if (unit <= after) {
        throw invalid(text);
      }
      sum = add(sum, text.substring(at, unitAt), UNITS[unit]);
      after = unit;
      at = next;
    }
    return sum;
  }

  private static int skip(String text, int from, boolean digits) {
    int at = from;
    while (at < text.length() && digits == (text.charAt(at) >= '0' && text.charAt(at) <= '9')) {
      at++;
    }
    return at;
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("not a valid duration string: " + GoText.quote(text));
  }

  /** Prints a duration that is not negative, with years and weeks only where they are exact. */
  public static String format(long ms) {
    if (ms == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    long rest = ms;
    for (int i = 0; i < UNITS.length; i++) {
      long n = rest / UNITS[i];
      if (n > 0 && (i >= EXACT_UNITS || rest % UNITS[i] == 0)) {
        out.append(n).append(NAMES[i]);
        rest -= n * UNITS[i];
      }
    }
    return out.toString();
  }

  private static long add(long sum, String digits, long unit) {
    try {
      long result = Math.addExact(sum, Math.multiplyExact(Long.parseLong(digits), unit));
      if (result <= MAX) {
        return result;
      }
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      throw new IllegalArgumentException("duration out of range", tooLarge);
    }
    throw new IllegalArgumentException("duration out of range");
  }
}
