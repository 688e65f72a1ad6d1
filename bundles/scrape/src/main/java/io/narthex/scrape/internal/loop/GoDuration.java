package io.narthex.scrape.internal.loop;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Durations as Go prints them, which upstream's metrics have as label values: {@code 15s}, {@code
 * 1m0s}, {@code 500ms}.
 */
final class GoDuration {
  private GoDuration() {}

  static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis == 0 ? "0s" : millis + "ms";
    }
    String seconds =
        BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
    long minutes = millis / 60_000;
    if (minutes == 0) {
      return seconds;
    }
    return minutes < 60
        ? minutes + "m" + seconds
        : "%dh%dm%s".formatted(minutes / 60, minutes % 60, seconds);
  }
}
