package io.narthex.spi.discovery.support;

import io.narthex.api.model.Labels;
import io.narthex.spi.discovery.TargetGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The groups the listener has, by source. Not safe for use by several threads. */
final class FoundGroups {
  private Map<String, TargetGroup> known = new LinkedHashMap<>();

  /**
   * What the listener must be told so that it has exactly these groups: those that are new or
   * different, and an empty one for each source that is gone.
   *
   * @throws IllegalStateException if two groups have the same source, or one has none
   */
  List<TargetGroup> changes(List<TargetGroup> groups) {
    Map<String, TargetGroup> now = bySource(groups);
    List<TargetGroup> changes = new ArrayList<>();
    now.forEach(
        (source, group) -> {
          if (!group.equals(known.get(source))) {
            changes.add(group);
          }
        });
    for (String source : known.keySet()) {
      if (!now.containsKey(source)) {
        changes.add(new TargetGroup(source, List.of(), Labels.EMPTY));
      }
    }
    return changes;
  }

  /** Remembers that the listener has these groups. */
  void replace(List<TargetGroup> groups) {
    known = bySource(groups);
    known.values().removeIf(group -> group.targets().isEmpty());
  }

  private static Map<String, TargetGroup> bySource(List<TargetGroup> groups) {
    Map<String, TargetGroup> bySource = new LinkedHashMap<>();
    for (TargetGroup group : groups) {
      if (group.source().isEmpty()) {
        throw new IllegalStateException("a target group has no source");
      }
      if (bySource.putIfAbsent(group.source(), group) != null) {
        throw new IllegalStateException(
            "two target groups have the source \"%s\"; each needs its own"
                .formatted(group.source()));
      }
    }
    return bySource;
  }
}
