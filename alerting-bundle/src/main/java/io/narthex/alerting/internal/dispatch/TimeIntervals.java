package io.narthex.alerting.internal.dispatch;

import io.narthex.alerting.internal.interval.TimeInterval;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The time intervals of a configuration, by name. */
record TimeIntervals(Map<String, List<TimeInterval>> byName) {

  /** Those of the names that hold at that time. */
  List<String> holding(List<String> names, long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    return names.stream()
        .filter(
            name ->
                byName.getOrDefault(name, List.of()).stream()
                    .anyMatch(interval -> interval.contains(time)))
        .toList();
  }
}
