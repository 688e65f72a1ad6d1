package io.narthex.alerting.internal.config;

import io.narthex.alerting.internal.interval.TimeInterval;
import io.narthex.alerting.internal.interval.TimeIntervalReader;
import io.narthex.api.section.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decodes {@code time_intervals} and the deprecated {@code mute_time_intervals}. */
final class IntervalDecoder {
  private final Map<String, List<TimeInterval>> intervals = new LinkedHashMap<>();

  private IntervalDecoder() {}

  /** The intervals of both by name. */
  static Map<String, List<TimeInterval>> decode(Section root) {
    IntervalDecoder decoder = new IntervalDecoder();
    decoder.add(root, "mute_time_intervals");
    decoder.add(root, "time_intervals");
    return decoder.intervals;
  }

  private void add(Section root, String key) {
    for (Section section : root.sections(key)) {
      String name = section.string("name").orElse("");
      List<TimeInterval> items = new ArrayList<>();
      for (Section item : section.sections("time_intervals")) {
        items.add(TimeIntervalReader.read(item));
      }
      if (name.isEmpty()) {
        section.report(section.position("name"), "name is missing or empty in " + section.name());
      } else if (intervals.putIfAbsent(name, List.copyOf(items)) != null) {
        section.report(
            section.valuePosition("name"),
            "%s: there is another time interval \"%s\"; names must differ"
                .formatted(section.name(), name));
      }
      section.refuseOthers();
    }
  }
}
