package io.narthex.rules.internal.file;

import io.narthex.api.section.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Decodes one entry of {@code groups}. */
final class GroupDecoder {
  private final String file;
  private final Duration defaultInterval;
  private final RuleDecoder rules;
  private final RuleFiles.Findings findings;

  GroupDecoder(
      String file, Duration defaultInterval, RuleDecoder rules, RuleFiles.Findings findings) {
    this.file = file;
    this.defaultInterval = defaultInterval;
    this.rules = rules;
    this.findings = findings;
  }

  /**
   * Decodes a group; empty if it has no name, or no rule of its own.
   *
   * @param firstLines where the names of the file stand first
   */
  Optional<GroupDefinition> decode(Section given, Map<String, Integer> firstLines) {
    int before = findings.problems.size();
    String name = given.string("name").orElse("");
    Section group = name.isEmpty() ? given : given.titled("group \"%s\"".formatted(name));
    // It was read under the other title.
    boolean named = group.has("name");
    checkName(group, named ? name : "", firstLines);
    Duration interval = group.duration("interval").orElse(defaultInterval);
    long limit = group.integer("limit").orElse(0L);
    Optional<Duration> queryOffset = group.durationOrZero("query_offset");
    SortedMap<String, String> labels = rules.texts().labels(group, "labels");
    List<RuleDefinition> decoded = new ArrayList<>();
    int number = 1;
    for (Section rule : group.sections("rules")) {
      rules.decode(rule, group.name() + ", rule " + number++, labels).ifPresent(decoded::add);
    }
    group.refuseOthers();
    findings.name(before, group.name(), group.name());
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new GroupDefinition(file, name, interval, limit, queryOffset, decoded));
  }

  private static void checkName(Section group, String name, Map<String, Integer> firstLines) {
    if (name.isEmpty()) {
      boolean wrong = group.isReported(group.valuePosition("name"));
      if (group.isMapping() && !wrong || group.node().isNull()) {
        group.report(
            group.position("name"),
            "name in %s is missing or empty; each group needs one".formatted(group.path()));
      }
      return;
    }
    Integer first = firstLines.putIfAbsent(name, group.position().line());
    if (first != null) {
      group.report(
          group.valuePosition("name"),
          "%s stands twice in this file, first in line %d; each group must have its own name"
              .formatted(group.name(), first));
    }
  }
}
