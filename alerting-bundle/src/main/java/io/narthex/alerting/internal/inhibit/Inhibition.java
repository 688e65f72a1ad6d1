package io.narthex.alerting.internal.inhibit;

import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.config.InhibitRule;
import io.narthex.api.model.Labels;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A rule with the alerts on its source side. Guarded by the inhibitor. */
final class Inhibition {
  /** Of several that mute, the one that does so for longest is named. */
  private static final Comparator<StoredAlert> NAMED_FIRST =
      Comparator.comparingLong(StoredAlert::endsAt)
          .reversed()
          .thenComparing(StoredAlert::fingerprint, Long::compareUnsigned);

  private final InhibitRule rule;
  private final Set<String> equal;

  /** By the labels that must be equal, then by all labels. */
  private final Map<Labels, Map<Labels, StoredAlert>> sources = new HashMap<>();

  Inhibition(InhibitRule rule) {
    this.rule = rule;
    this.equal = new HashSet<>(rule.equal());
  }

  void received(StoredAlert alert) {
    if (rule.source().matches(alert.labels())) {
      sources
          .computeIfAbsent(alert.labels().filter(equal::contains), same -> new HashMap<>())
          .put(alert.labels(), alert);
    }
  }

  void collected(StoredAlert alert) {
    sources.computeIfPresent(
        alert.labels().filter(equal::contains),
        (same, alerts) -> {
          alerts.remove(alert.labels());
          return alerts.isEmpty() ? null : alerts;
        });
  }

  /** The alert that mutes such an alert at that time. */
  Optional<StoredAlert> inhibits(Labels target, long now) {
    if (!rule.target().matches(target)) {
      return Optional.empty();
    }
    Collection<StoredAlert> candidates =
        sources.getOrDefault(target.filter(equal::contains), Map.of()).values();
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    // What is on both sides is not muted by what is on both sides, itself for one.
    boolean twoSided = rule.source().matches(target);
    return candidates.stream()
        .filter(source -> !source.isResolvedAt(now))
        .filter(source -> !twoSided || !rule.target().matches(source.labels()))
        .min(NAMED_FIRST);
  }
}
