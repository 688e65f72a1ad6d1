package io.narthex.alerting.internal.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as upstream's API spells them; in ms since 1970. */
final class DateTimes {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern TEXT =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})"
              + "(?:[T ](\\d{2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d+))?)?(Z|[+-]\\d{2}:?\\d{2})?)?");

  /** Go's zero time, which stands for none. */
  private static final long ZERO = -62135596800000L;

  private DateTimes() {}

  /** With milliseconds, in UTC. */
  static String text(long millis) {
    return FORMAT.format(Instant.ofEpochMilli(millis));
  }

  /**
   * Reads a time: RFC 3339, and upstream's shorter forms in UTC.
   *
   * @return nothing for the zero time; empty if it is no time
   */
  static Optional<OptionalLong> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (text.isEmpty()) {
      return Optional.of(OptionalLong.of(0));
    }
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      long millis = millis(matcher);
      return Optional.of(millis == ZERO ? OptionalLong.empty() : OptionalLong.of(millis));
    } catch (DateTimeException ignored) {
      return Optional.empty();
    }
  }

  private static long millis(Matcher m) {
    LocalDateTime local =
        LocalDateTime.of(
            number(m.group(1)),
            number(m.group(2)),
            number(m.group(3)),
            number(m.group(4)),
            number(m.group(5)),
            number(m.group(6)));
    String fraction = m.group(7) == null ? "000" : (m.group(7) + "000").substring(0, 3);
    return local.toInstant(ZoneOffset.UTC).toEpochMilli()
        + Integer.parseInt(fraction)
        - offsetSeconds(m.group(8)) * 1000L;
  }

  private static int offsetSeconds(@Nullable String offset) {
    if (offset == null || offset.equals("Z")) {
      return 0;
    }
    String digits = offset.substring(1).replace(":", "");
    int minutes = number(digits.substring(2));
    if (number(digits.substring(0, 2)) > 24 || minutes > 59) {
      throw new DateTimeException("no such offset");
    }
    int seconds = number(digits.substring(0, 2)) * 3600 + minutes * 60;
    return offset.startsWith("-") ? -seconds : seconds;
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
