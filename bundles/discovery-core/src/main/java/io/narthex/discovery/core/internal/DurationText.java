package io.narthex.discovery.core.internal;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them in labels, for example {@code 1m30s}. */
final class DurationText {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(\\d{1,9})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?"
              + "(?:(\\d{1,9})ms)?");

  private static final String[] NAMES = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  /** Units that are only used when the duration is a multiple, as upstream does. */
  private static final int EXACT_UNITS = 2;

  private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

  private DurationText() {}

  static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    for (int unit = 0; unit < NAMES.length; unit++) {
      if (millis >= MILLIS[unit] && (unit >= EXACT_UNITS || millis % MILLIS[unit] == 0)) {
        out.append(millis / MILLIS[unit]).append(NAMES[unit]);
        millis %= MILLIS[unit];
      }
    }
    return out.toString();
  }

  /**
   * Parses what a label says.
   *
   * @throws BadTargetException if it is no duration above 0
   */
  static Duration parse(String label, String text) throws BadTargetException {
    Matcher matcher = SYNTAX.matcher(text);
    long millis = 0;
    if (matcher.matches()) {
      for (int unit = 0; unit < NAMES.length; unit++) {
        String digits = matcher.group(unit + 1);
        millis = digits == null ? millis : add(millis, Long.parseLong(digits), MILLIS[unit]);
      }
    }
    if (millis <= 0 || millis > MAX_MILLIS) {
      throw new BadTargetException(
          "label %s must be a duration above 0 such as 15s or 1m30s, got \"%s\""
              .formatted(label, text));
    }
    return Duration.ofMillis(millis);
  }

  private static long add(long millis, long count, long size) {
    return Math.min(MAX_MILLIS + 1, millis + Math.min(MAX_MILLIS + 1, count * size));
  }
}
