package io.narthex.alerting.internal.interval;

import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Section;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an item of {@code time_intervals}, and reports what is wrong with it. */
public final class TimeIntervalReader {
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])|(24):(00)");

  private final Section section;

  private TimeIntervalReader(Section section) {
    this.section = section;
  }

  /** The interval; what is wrong counts as not given. */
  public static TimeInterval read(Section section) {
    return new TimeIntervalReader(section).read();
  }

  private TimeInterval read() {
    TimeInterval interval =
        new TimeInterval(
            given("times").map(given -> times()),
            ranges("weekdays", RangeKind.WEEKDAY),
            ranges("days_of_month", RangeKind.DAY_OF_MONTH),
            ranges("months", RangeKind.MONTH),
            ranges("years", RangeKind.YEAR),
            section.string("location").flatMap(this::zone));
    section.refuseOthers();
    return interval;
  }

  private Optional<ConfigNode> given(String key) {
    return section.value(key).filter(ConfigNode.Sequence.class::isInstance).or(() -> bad(key));
  }

  /** Has what is no list reported. */
  private Optional<ConfigNode> bad(String key) {
    section.list(key);
    return Optional.empty();
  }

  private List<MinuteRange> times() {
    List<MinuteRange> ranges = new ArrayList<>();
    for (Section item : section.sections("times")) {
      Optional<Integer> start = minute(item, "start_time");
      Optional<Integer> end = minute(item, "end_time");
      item.refuseOthers();
      if (start.isPresent() && end.isPresent()) {
        if (start.get() >= end.get()) {
          item.report(
              item.valuePosition("end_time"),
              "end_time of %s must be after start_time; a range over midnight is two ranges"
                  .formatted(item.name()));
        }
        ranges.add(new MinuteRange(start.get(), end.get()));
      }
    }
    return List.copyOf(ranges);
  }

  private static Optional<Integer> minute(Section item, String key) {
    Optional<String> text = item.string(key).filter(t -> !t.isEmpty());
    if (text.isEmpty()) {
      if (!item.isReported(item.valuePosition(key))) {
        item.report(
            item.valuePosition(key),
            "%s is missing in %s, which needs both start_time and end_time"
                .formatted(key, item.name()));
      }
      return Optional.empty();
    }
    Matcher time = TIME.matcher(text.get());
    if (!time.matches()) {
      item.report(
          item.valuePosition(key),
          "%s must be a time of day from 00:00 to 24:00 such as 09:30, got \"%s\""
              .formatted(key, text.get()));
      return Optional.empty();
    }
    int group = time.group(1) == null ? 3 : 1;
    return Optional.of(
        Integer.parseInt(time.group(group)) * 60 + Integer.parseInt(time.group(group + 1)));
  }

  private Optional<List<InclusiveRange>> ranges(String key, RangeKind kind) {
    return given(key)
        .map(
            list ->
                section.strings(list, key).stream()
                    .map(item -> range(item, key, kind))
                    .flatMap(Optional::stream)
                    .toList());
  }

  private Optional<InclusiveRange> range(ConfigNode.Scalar item, String key, RangeKind kind) {
    try {
      return Optional.of(kind.parse(item.text()));
    } catch (BadRangeException e) {
      section.report(item.position(), "%s: %s".formatted(key, e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<ZoneId> zone(String name) {
    Optional<ZoneId> zone = Zones.find(name);
    if (zone.isEmpty()) {
      section.report(
          section.valuePosition("location"),
          ("location must be the name of a time zone such as Europe/Berlin, UTC or Local,"
                  + " got \"%s\"")
              .formatted(name));
    }
    return zone;
  }
}
