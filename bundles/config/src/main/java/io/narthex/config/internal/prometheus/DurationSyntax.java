package io.narthex.config.internal.prometheus;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Prometheus writes them: units y w d h m s ms in this order, each at most once, or
 * {@code 0}.
 */
final class DurationSyntax {
  /** Said wherever a duration is refused. */
  static final String EXPECTED =
      "a duration such as 15s, 1m or 1h30m (units y, w, d, h, m, s, ms in this order)";

  // A digit run is bounded so that no number overflows before its range is checked.
  private static final Pattern SYNTAX =
      Pattern.compile(
          "(?:(\\d{1,18})y)?(?:(\\d{1,18})w)?(?:(\\d{1,18})d)?(?:(\\d{1,18})h)?(?:(\\d{1,18})m)?"
              + "(?:(\\d{1,18})s)?(?:(\\d{1,18})ms)?");

  private static final long[] UNIT_MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  /** The longest duration upstream can hold: 2^63-1 ns. */
  private static final long MAX_MILLIS = Long.MAX_VALUE / 1_000_000;

  private DurationSyntax() {}

  /** The duration, or empty if the text is none or it is too long. */
  static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher matcher = SYNTAX.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    long millis = 0;
    for (int unit = 0; unit < UNIT_MILLIS.length; unit++) {
      String digits = matcher.group(unit + 1);
      if (digits == null) {
        continue;
      }
      long count = Long.parseLong(digits);
      if (count > (MAX_MILLIS - millis) / UNIT_MILLIS[unit]) {
        return Optional.empty();
      }
      millis += count * UNIT_MILLIS[unit];
    }
    return Optional.of(Duration.ofMillis(millis));
  }
}
