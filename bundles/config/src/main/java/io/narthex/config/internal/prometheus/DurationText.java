package io.narthex.config.internal.prometheus;

import java.time.Duration;

/** Writes durations as Prometheus does: the fewest units that are exact. */
final class DurationText {
  private DurationText() {}

  static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    // Years and weeks only when exact, since nobody reads 59w2d with ease (upstream does the same).
    millis = unit(out, millis, "y", 31_536_000_000L, true);
    millis = unit(out, millis, "w", 604_800_000L, true);
    millis = unit(out, millis, "d", 86_400_000L, false);
    millis = unit(out, millis, "h", 3_600_000L, false);
    millis = unit(out, millis, "m", 60_000L, false);
    millis = unit(out, millis, "s", 1000L, false);
    unit(out, millis, "ms", 1L, false);
    return out.toString();
  }

  private static long unit(StringBuilder out, long millis, String name, long size, boolean exact) {
    if (millis < size || exact && millis % size != 0) {
      return millis;
    }
    out.append(millis / size).append(name);
    return millis % size;
  }
}
