package io.narthex.rules.internal.evaluate;

import io.narthex.rules.internal.alert.AlertTexts;
import io.narthex.rules.internal.file.GroupDefinition;
import io.narthex.rules.internal.file.RuleDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which stored alerts can only be those of one rule: several rules may have one name, and nothing
 * in a stored alert but its labels tells them apart.
 */
record AlertOwners(Map<String, List<RuleDefinition.Alerting>> byName) {
  /** Of rules that are not known: no stored alert is surely anybody's. */
  static final AlertOwners UNKNOWN = new AlertOwners(Map.of());

  /** All rules that are evaluated. */
  static AlertOwners of(List<GroupDefinition> groups) {
    Map<String, List<RuleDefinition.Alerting>> byName = new HashMap<>();
    for (GroupDefinition group : groups) {
      for (RuleDefinition rule : group.rules()) {
        if (rule instanceof RuleDefinition.Alerting alerting) {
          byName.computeIfAbsent(alerting.name(), n -> new ArrayList<>()).add(alerting);
        }
      }
    }
    return new AlertOwners(byName);
  }

  /** Whether no other rule makes alerts that could be taken for this one's. */
  boolean isSole(RuleDefinition.Alerting rule) {
    return byName.getOrDefault(rule.name(), List.of()).stream()
            .filter(other -> mayShare(rule, other))
            .limit(2)
            .count()
        == 1;
  }

  private static boolean mayShare(RuleDefinition.Alerting one, RuleDefinition.Alerting other) {
    return one.labels().entrySet().stream()
        .noneMatch(label -> differs(label.getValue(), other.labels().get(label.getKey())));
  }

  private static boolean differs(String value, @Nullable String other) {
    return other != null
        && !AlertTexts.isTemplate(value)
        && !AlertTexts.isTemplate(other)
        && !value.equals(other);
  }
}
