package io.narthex.api.time;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as configuration files, flags and parameters spell them: {@code 1h30m}, units in the
 * order {@code y w d h m s ms}, each at most once, or {@code 0}. A year is 365 days (upstream:
 * prometheus/common model/time.go).
 */
public final class DurationSyntax {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private static final long[] MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

  private DurationSyntax() {}

  /**
   * Parses a duration.
   *
   * @throws IllegalArgumentException with a message that says what would be right
   */
  public static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty duration string");
    }
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a valid duration string: \"%s\"; write for example 30s, 5m or 1h30m"
              .formatted(text));
    }
    try {
      long millis = 0;
      for (int i = 0; i < MILLIS.length; i++) {
        String count = matcher.group(i + 1);
        if (count != null) {
          millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(count), MILLIS[i]));
        }
      }
      // Upstream counts in nanoseconds, so 292 years are the limit of its files too.
      Math.multiplyExact(millis, 1_000_000L);
      return Duration.ofMillis(millis);
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      throw new IllegalArgumentException("duration out of range: \"%s\"".formatted(text), tooLarge);
    }
  }

  /**
   * Prints a duration of whole milliseconds, not negative, so that {@link #parse} reads it back.
   */
  public static String format(Duration duration) {
    long rest = duration.toMillis();
    if (rest == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < MILLIS.length; i++) {
      // Upstream prints years, weeks and days only when nothing is left over.
      boolean onlyExact = i < 3;
      if (rest < MILLIS[i] || onlyExact && rest % MILLIS[i] != 0) {
        continue;
      }
      out.append(rest / MILLIS[i]).append(UNITS[i]);
      rest %= MILLIS[i];
    }
    return out.toString();
  }
}
