package io.narthex.templates.internal.function;

import static io.narthex.templates.internal.function.Parameter.DURATION;
import static io.narthex.templates.internal.function.Parameter.INT;
import static io.narthex.templates.internal.function.Parameter.TEXT;
import static io.narthex.templates.internal.function.Parameter.TIME;

import io.narthex.templates.internal.value.GoDuration;
import io.narthex.templates.internal.value.GoTime;
import io.narthex.templates.internal.value.NamedInt;
import io.narthex.templates.internal.value.TimeLayout;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The methods of times and spans of time. The first argument of each is the value itself. */
public final class Methods {
  private static final long MINUTE = 60_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  private static final Map<String, Function> OF_TIME = byName(times());
  private static final Map<String, Function> OF_DURATION = byName(durations());

  private Methods() {}

  /** The method of a value, without the value among its parameters, if there is one. */
  public static @Nullable Function of(@Nullable Object value, String name) {
    return switch (value) {
      case GoTime ignored -> OF_TIME.get(name);
      case GoDuration ignored -> OF_DURATION.get(name);
      case NamedInt ignored when name.equals("String") ->
          Function.of(name, (call, a) -> a[0] instanceof NamedInt n ? n.text() : "");
      case null, default -> null;
    };
  }

  private static Map<String, Function> byName(List<Function> functions) {
    Map<String, Function> byName = new HashMap<>();
    functions.forEach(function -> byName.put(function.name(), function));
    return Map.copyOf(byName);
  }

  private static List<Function> times() {
    List<Function> all = new ArrayList<>();
    all.add(
        Function.of(
            "Format",
            (call, a) -> TimeLayout.format(time(a).calendar(), Function.text(a[1])),
            TEXT));
    all.add(Function.of("String", (call, a) -> time(a).toString()));
    all.add(number("Year", time -> time.calendar().getYear()));
    all.add(Function.of("Month", (call, a) -> month(time(a).calendar())));
    all.add(Function.of("Weekday", (call, a) -> weekday(time(a).calendar())));
    all.add(number("Day", time -> time.calendar().getDayOfMonth()));
    all.add(number("YearDay", time -> time.calendar().getDayOfYear()));
    all.add(number("Hour", time -> time.calendar().getHour()));
    all.add(number("Minute", time -> time.calendar().getMinute()));
    all.add(number("Second", time -> time.calendar().getSecond()));
    all.add(number("Nanosecond", time -> time.calendar().getNano()));
    all.add(number("Unix", time -> time.instant().getEpochSecond()));
    all.add(number("UnixMilli", time -> time.instant().toEpochMilli()));
    all.add(number("UnixMicro", time -> nanos(time.instant()) / 1_000));
    all.add(number("UnixNano", time -> nanos(time.instant())));
    all.add(Function.of("UTC", (call, a) -> GoTime.utc(time(a).instant())));
    all.add(
        Function.of(
            "Local", (call, a) -> new GoTime(time(a).instant(), ZoneId.systemDefault(), false)));
    all.add(Function.of("IsZero", (call, a) -> time(a).instant().equals(GoTime.ZERO.instant())));
    all.addAll(relations());
    return all;
  }

  private static List<Function> relations() {
    return List.of(
        Function.of(
            "Sub", (call, a) -> TimeFunctions.between(other(a).instant(), time(a).instant()), TIME),
        Function.of("Add", (call, a) -> moved(time(a), duration(a[1])), DURATION),
        Function.of("Before", (call, a) -> time(a).instant().isBefore(other(a).instant()), TIME),
        Function.of("After", (call, a) -> time(a).instant().isAfter(other(a).instant()), TIME),
        Function.of("Equal", (call, a) -> time(a).instant().equals(other(a).instant()), TIME),
        Function.of("AddDate", (call, a) -> movedByDate(time(a), a), INT, INT, INT));
  }

  private static List<Function> durations() {
    return List.of(
        Function.of("String", (call, a) -> duration(a[0]).toString()),
        Function.of("Seconds", (call, a) -> duration(a[0]).seconds()),
        Function.of("Minutes", (call, a) -> duration(a[0]).in(MINUTE)),
        Function.of("Hours", (call, a) -> duration(a[0]).in(60 * MINUTE)),
        Function.of("Milliseconds", (call, a) -> duration(a[0]).nanos() / 1_000_000),
        Function.of("Microseconds", (call, a) -> duration(a[0]).nanos() / 1_000),
        Function.of("Nanoseconds", (call, a) -> duration(a[0]).nanos()),
        Function.of("Abs", (call, a) -> absolute(duration(a[0]))),
        Function.of("Round", (call, a) -> duration(a[0]).round(duration(a[1]).nanos()), DURATION),
        Function.of(
            "Truncate", (call, a) -> duration(a[0]).truncate(duration(a[1]).nanos()), DURATION));
  }

  private static Function number(String name, ToLongFunction<GoTime> body) {
    return Function.of(name, (call, a) -> body.applyAsLong(time(a)));
  }

  private static NamedInt month(ZonedDateTime time) {
    int month = time.getMonthValue();
    return new NamedInt(month, TimeLayout.month(month), "time.Month");
  }

  private static NamedInt weekday(ZonedDateTime time) {
    int day = TimeLayout.dayOf(time);
    return new NamedInt(day, TimeLayout.day(day), "time.Weekday");
  }

  private static GoTime time(@Nullable Object[] arguments) {
    return TimeFunctions.time(arguments[0]);
  }

  private static GoTime other(@Nullable Object[] arguments) {
    return TimeFunctions.time(arguments[1]);
  }

  private static GoDuration duration(@Nullable Object argument) {
    return argument instanceof GoDuration duration ? duration : new GoDuration(0, false);
  }

  private static GoTime moved(GoTime time, GoDuration by) {
    return new GoTime(time.instant().plusNanos(by.nanos()), time.zone(), false);
  }

  private static GoTime movedByDate(GoTime time, @Nullable Object[] arguments) {
    ZonedDateTime moved =
        time.calendar()
            .plusYears(part(arguments[1]))
            .plusMonths(part(arguments[2]))
            .plusDays(part(arguments[3]));
    return new GoTime(moved.toInstant(), time.zone(), false);
  }

  /** Years, months or days, at most as many as Java's calendar has. */
  private static long part(@Nullable Object argument) {
    return argument instanceof Long number ? Math.clamp(number, -100_000, 100_000) : 0;
  }

  private static GoDuration absolute(GoDuration duration) {
    long nanos = duration.nanos();
    return new GoDuration(nanos == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(nanos), false);
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * SECOND + instant.getNano();
  }
}
