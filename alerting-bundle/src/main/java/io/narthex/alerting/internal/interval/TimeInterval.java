package io.narthex.alerting.internal.interval;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Instants that are described by their minute, weekday and so on. All that is given must hold; a
 * list that is given without items never holds, as upstream has it.
 *
 * @param times minutes of the day
 * @param weekdays 0 is Sunday
 * @param daysOfMonth negative ones count from the end of the month: -1 is its last day
 * @param months 1 is January
 * @param location the time zone; UTC without it
 */
public record TimeInterval(
    Optional<List<MinuteRange>> times,
    Optional<List<InclusiveRange>> weekdays,
    Optional<List<InclusiveRange>> daysOfMonth,
    Optional<List<InclusiveRange>> months,
    Optional<List<InclusiveRange>> years,
    Optional<ZoneId> location) {

  /** Whether the instant is in it. */
  public boolean contains(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, location.orElse(ZoneOffset.UTC));
    int minute = time.getHour() * 60 + time.getMinute();
    return holds(times, range -> range.contains(minute))
        && holds(daysOfMonth, range -> containsDay(range, time))
        && holds(months, range -> range.contains(time.getMonthValue()))
        && holds(weekdays, range -> range.contains(time.getDayOfWeek().getValue() % 7))
        && holds(years, range -> range.contains(time.getYear()));
  }

  private static <T> boolean holds(Optional<List<T>> ranges, Predicate<T> contains) {
    return ranges.isEmpty() || ranges.get().stream().anyMatch(contains);
  }

  private static boolean containsDay(InclusiveRange range, LocalDateTime time) {
    int length = time.toLocalDate().lengthOfMonth();
    int begin = range.begin() < 0 ? length + range.begin() + 1 : range.begin();
    int end = range.end() < 0 ? length + range.end() + 1 : range.end();
    int day = time.getDayOfMonth();
    return begin <= day && day <= end;
  }
}
