package io.narthex.http.api.internal.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads times as upstream's API does: seconds since 1970 with decimals, or RFC 3339. */
final class Times {
  /** The earliest and the latest time of upstream's API, which RFC 3339 has no room for. */
  private static final String MIN_TEXT = "-292273086-05-16T16:47:06Z";

  private static final String MAX_TEXT = "292277025-08-18T07:12:54.999999999Z";

  /** The earliest time of upstream's API. */
  static final Instant MIN = Instant.ofEpochSecond(Long.MIN_VALUE / 1000 + 62135596801L);

  /** The latest time of upstream's API. */
  static final Instant MAX =
      Instant.ofEpochSecond(Long.MAX_VALUE / 1000 - 62135596801L, 999_999_999);

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
              + "(?:[.,]([0-9]+))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))");

  private Times() {}

  /** The time, or an exception with upstream's words. */
  static Instant parse(String s) throws UnreadableException {
    OptionalDouble seconds = GoNumbers.parseFloat(s);
    if (seconds.isPresent()) {
      return ofSeconds(seconds.getAsDouble(), s);
    }
    if (s.equals(MIN_TEXT)) {
      return MIN;
    }
    if (s.equals(MAX_TEXT)) {
      return MAX;
    }
    Matcher matcher = RFC_3339.matcher(s);
    if (!matcher.matches()) {
      throw unreadable(s);
    }
    try {
      return ofFields(matcher);
    } catch (DateTimeException ignored) {
      throw unreadable(s);
    }
  }

  /** Milliseconds since 1970, cut as upstream cuts. */
  static long toMillis(Instant time) {
    return time.toEpochMilli();
  }

  private static Instant ofSeconds(double seconds, String s) throws UnreadableException {
    double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
    // Upstream takes whatever NaN and numbers without end turn into; there is no right answer to
    // those.
    if (!(whole >= MIN.getEpochSecond() && whole <= MAX.getEpochSecond())) {
      throw unreadable(s);
    }
    // Upstream: rounds the fraction to ms in doubles, half away from zero, then cuts.
    double thousandths = (seconds - whole) * 1000;
    double rounded = Math.copySign(Math.floor(Math.abs(thousandths) + 0.5), thousandths) / 1000;
    return Instant.ofEpochSecond((long) whole, (long) (rounded * 1e9));
  }

  private static Instant ofFields(Matcher m) {
    LocalDateTime local =
        LocalDateTime.of(
            number(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5), number(m, 6));
    int offset = 0;
    if (m.group(8) != null) {
      int minutes = number(m, 10);
      if (number(m, 9) > 24 || minutes >= 60) {
        throw new DateTimeException("no such offset");
      }
      offset = number(m, 9) * 3600 + minutes * 60;
      offset = m.group(8).equals("-") ? -offset : offset;
    }
    return local.toInstant(ZoneOffset.UTC).plusNanos(fraction(m.group(7))).minusSeconds(offset);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static long fraction(@Nullable String digits) {
    if (digits == null) {
      return 0;
    }
    return Long.parseLong((digits + "000000000").substring(0, 9));
  }

  private static UnreadableException unreadable(String s) {
    return new UnreadableException(
        "cannot parse %s to a valid timestamp".formatted(GoQuote.quote(s)));
  }
}
