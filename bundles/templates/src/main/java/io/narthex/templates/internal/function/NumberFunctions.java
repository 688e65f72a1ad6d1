package io.narthex.templates.internal.function;

import static io.narthex.templates.internal.function.Parameter.ANY;

import io.narthex.api.time.DurationSyntax;
import io.narthex.templates.internal.value.FloatText;
import io.narthex.templates.internal.value.GoDuration;
import io.narthex.templates.internal.value.GoTime;
import io.narthex.templates.internal.value.TemplateFault;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Numbers to texts for people, and to times. */
final class NumberFunctions {
  private static final double NANOS = 1e9;

  private NumberFunctions() {}

  static List<Function> rule() {
    return List.of(
        number("humanize", Humanized::decimal),
        number("humanize1024", Humanized::binary),
        number("humanizeDuration", Humanized::duration),
        number("humanizePercentage", Humanized::percentage),
        number("humanizeTimestamp", NumberFunctions::timestamp),
        number("toTime", NumberFunctions::toTime),
        number("toDuration", NumberFunctions::toDuration),
        Function.text("parseDuration", NumberFunctions::parseDuration),
        Function.of("now", (call, a) -> call.context().now().toEpochMilli() / 1000.0));
  }

  static List<Function> notification() {
    return List.of(number("humanizeDuration", Humanized::duration));
  }

  private static Function number(String name, DoubleFunction<@Nullable Object> body) {
    return Function.of(name, (call, a) -> body.apply(Numbers.of(a[0])), ANY);
  }

  private static String timestamp(double seconds) {
    return finite(seconds) ? toTime(seconds).toString() : Humanized.digits(seconds);
  }

  private static GoTime toTime(double seconds) {
    if (!finite(seconds)) {
      throw new TemplateFault("value is NaN or Inf");
    }
    double nanos = seconds * NANOS;
    if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
      throw new TemplateFault(
          FloatText.shortest(seconds)
              + " cannot be represented as a nanoseconds timestamp since it overflows int64");
    }
    // Upstream keeps times in milliseconds, and cuts the rest off.
    Instant time = Instant.ofEpochMilli((long) nanos / 1_000_000);
    return new GoTime(time, java.time.ZoneOffset.UTC, true);
  }

  private static GoDuration toDuration(double seconds) {
    return new GoDuration((long) (seconds * NANOS), true);
  }

  private static double parseDuration(String text) {
    boolean negative = text.startsWith("-");
    try {
      long millis = DurationSyntax.parseMillis(negative ? text.substring(1) : text);
      return (negative ? -millis : millis) / 1000.0;
    } catch (IllegalArgumentException e) {
      throw new TemplateFault(String.valueOf(e.getMessage()));
    }
  }

  private static boolean finite(double value) {
    return !Double.isNaN(value) && !Double.isInfinite(value);
  }
}
