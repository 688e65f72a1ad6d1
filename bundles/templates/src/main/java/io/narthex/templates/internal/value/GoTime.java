package io.narthex.templates.internal.value;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * A time in a zone, Go's {@code time.Time}.
 *
 * @param pointer whether Go has a pointer to it here, which prints the same but compares otherwise
 */
public record GoTime(Instant instant, ZoneId zone, boolean pointer) {
  /** Go's zero time, which an unset one is. */
  public static final GoTime ZERO = utc(Instant.parse("0001-01-01T00:00:00Z"));

  /** A time in UTC. */
  public static GoTime utc(Instant instant) {
    return new GoTime(instant, ZoneOffset.UTC, false);
  }

  /** The name of Go's type. */
  public String typeName() {
    return pointer ? "*time.Time" : "time.Time";
  }

  /** The calendar's view of it. */
  public ZonedDateTime calendar() {
    return instant.atZone(zone);
  }

  /** As Go prints it, for example {@code 2026-01-02 15:04:05.5 +0000 UTC}. */
  @Override
  public String toString() {
    return TimeLayout.format(calendar(), "2006-01-02 15:04:05.999999999 -0700 MST");
  }
}
