package io.narthex.pushgateway.internal.group;

import io.narthex.pushgateway.internal.exposition.MetricFamily;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Which groups have a family of a name. Not safe for use by several threads. */
final class FamilyIndex {
  private final Map<String, SequencedMap<GroupLabels, MetricFamily>> byName = new HashMap<>();

  void add(PushedGroup group) {
    group
        .families()
        .forEach(
            (name, stored) ->
                byName
                    .computeIfAbsent(name, n -> new LinkedHashMap<>(2))
                    .put(group.labels(), stored.family()));
  }

  void remove(PushedGroup group) {
    for (String name : group.families().keySet()) {
      byName.computeIfPresent(
          name,
          (n, groups) -> {
            groups.remove(group.labels());
            return groups.isEmpty() ? null : groups;
          });
    }
  }

  /** The families of this name by their groups. */
  Map<GroupLabels, MetricFamily> families(String name) {
    Map<GroupLabels, MetricFamily> groups = byName.get(name);
    return groups == null ? Map.of() : groups;
  }

  /** Whether a group other than this one has a family of this name. */
  boolean has(String name, GroupLabels except) {
    Map<GroupLabels, MetricFamily> groups = families(name);
    return groups.size() > (groups.containsKey(except) ? 1 : 0);
  }
}
