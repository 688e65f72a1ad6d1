package io.narthex.storage.internal.engine;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of {@code --storage.tsdb.retention.time}, in upstream's form: {@code 15d}, {@code 1w},
 * {@code 1h30m}.
 */
final class RetentionTime {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
  private static final long[] UNIT_MILLIS = {
    365 * 86_400_000L, 7 * 86_400_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L
  };

  private RetentionTime() {}

  /** As upstream: 0 means the default. */
  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (text.isEmpty() || !(text.equals("0") || matcher.matches())) {
      throw new IllegalArgumentException(
          "--storage.tsdb.retention.time is a duration such as 15d or 1h30m, got \"%s\""
              .formatted(text));
    }
    long millis = 0;
    for (int i = 0; i < UNIT_MILLIS.length && !text.equals("0"); i++) {
      String n = matcher.group(i + 1);
      millis =
          n == null
              ? millis
              : Math.addExact(millis, Math.multiplyExact(Long.parseLong(n), UNIT_MILLIS[i]));
    }
    return millis == 0 ? Duration.ofDays(15) : Duration.ofMillis(millis);
  }
}
