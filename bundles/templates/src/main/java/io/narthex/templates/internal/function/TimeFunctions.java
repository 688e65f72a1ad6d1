package io.narthex.templates.internal.function;

import static io.narthex.templates.internal.function.Parameter.TEXT;
import static io.narthex.templates.internal.function.Parameter.TIME;

import io.narthex.templates.internal.value.GoDuration;
import io.narthex.templates.internal.value.GoTime;
import io.narthex.templates.internal.value.TemplateFault;
import io.narthex.templates.internal.value.TimeLayout;
import io.narthex.templates.internal.value.TimeParser;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Times in notifications. */
final class TimeFunctions {
  private TimeFunctions() {}

  static List<Function> all() {
    return List.of(
        Function.of(
            "date",
            (call, a) -> TimeLayout.format(time(a[1]).calendar(), Function.text(a[0])),
            TEXT,
            TIME),
        Function.of("tz", (call, a) -> zoned(Function.text(a[0]), time(a[1])), TEXT, TIME),
        Function.of("now", (call, a) -> GoTime.utc(call.context().now())),
        Function.of(
            "since", (call, a) -> between(time(a[0]).instant(), call.context().now()), TIME),
        Function.of("toDate", (call, a) -> lenient(a), TEXT, TEXT),
        Function.of("mustToDate", (call, a) -> strict(a), TEXT, TEXT));
  }

  static GoTime time(@Nullable Object argument) {
    return argument instanceof GoTime time ? time : GoTime.ZERO;
  }

  /** The span from a time to another; the longest one if Go cannot tell it. */
  static GoDuration between(Instant from, Instant to) {
    Duration span = Duration.between(from, to);
    try {
      return new GoDuration(span.toNanos(), false);
    } catch (ArithmeticException tooLong) {
      return new GoDuration(span.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE, false);
    }
  }

  static GoTime zoned(String zone, GoTime time) {
    return new GoTime(time.instant(), zone(zone), false);
  }

  private static ZoneId zone(String name) {
    if (name.isEmpty() || name.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    if (name.equals("Local")) {
      return ZoneId.systemDefault();
    }
    try {
      if (ZoneId.getAvailableZoneIds().contains(name)) {
        return ZoneId.of(name);
      }
    } catch (DateTimeException e) {
      throw new TemplateFault("unknown time zone " + name);
    }
    throw new TemplateFault("unknown time zone " + name);
  }

  private static GoTime lenient(@Nullable Object[] arguments) {
    try {
      return strict(arguments);
    } catch (TemplateFault unreadable) {
      return GoTime.ZERO;
    }
  }

  private static GoTime strict(@Nullable Object[] arguments) {
    return TimeParser.parse(Function.text(arguments[0]), Function.text(arguments[1]));
  }
}
