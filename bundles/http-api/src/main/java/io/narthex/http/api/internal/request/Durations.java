package io.narthex.http.api.internal.request;

import io.narthex.api.time.DurationSyntax;
import java.util.OptionalDouble;

/** Reads durations as upstream's API does: seconds with decimals, or PromQL's spelling. */
final class Durations {
  private Durations() {}

  /** The duration in ns, or an exception with upstream's words. */
  static long parseNanos(String s) throws UnreadableException {
    OptionalDouble seconds = GoNumbers.parseFloat(s);
    if (seconds.isPresent()) {
      return ofSeconds(seconds.getAsDouble(), s);
    }
    try {
      return DurationSyntax.parseMillis(s) * 1_000_000;
    } catch (IllegalArgumentException e) {
      throw unreadable(s, "");
    }
  }

  private static long ofSeconds(double seconds, String s) throws UnreadableException {
    double nanos = seconds * 1e9;
    if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
      throw unreadable(s, ". It overflows int64");
    }
    // Go turns NaN into the smallest number, which callers refuse as negative.
    return Double.isNaN(nanos) ? Long.MIN_VALUE : (long) nanos;
  }

  private static UnreadableException unreadable(String s, String more) {
    return new UnreadableException(
        "cannot parse %s to a valid duration%s".formatted(GoQuote.quote(s), more));
  }
}
