package io.narthex.rules.internal.alert;

import io.narthex.api.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The alerts of a rule between two evaluations, resolved ones among them. Immutable. */
public final class Alerts {
  /** None. */
  public static final Alerts NONE = new Alerts(Map.of());

  private final Map<Labels, TrackedAlert> byLabels;

  private Alerts(Map<Labels, TrackedAlert> byLabels) {
    this.byLabels = byLabels;
  }

  /** These alerts. */
  public static Alerts of(Collection<TrackedAlert> alerts) {
    Map<Labels, TrackedAlert> byLabels = new LinkedHashMap<>();
    alerts.forEach(alert -> byLabels.put(alert.labels(), alert));
    return new Alerts(Collections.unmodifiableMap(byLabels));
  }

  /**
   * After an evaluation.
   *
   * @param found what it found, each with labels of its own
   */
  public Alerts next(
      Map<Labels, FoundAlert> found, Instant now, Duration holdFor, Duration keepFiringFor) {
    Map<Labels, TrackedAlert> next = new LinkedHashMap<>();
    for (TrackedAlert alert : byLabels.values()) {
      FoundAlert again = found.get(alert.labels());
      if (again != null) {
        next.put(alert.labels(), alert.found(again, now, holdFor));
      } else {
        alert.missed(now, holdFor, keepFiringFor).ifPresent(a -> next.put(a.labels(), a));
      }
    }
    for (FoundAlert alert : found.values()) {
      next.computeIfAbsent(alert.labels(), l -> TrackedAlert.begin(alert, now, holdFor));
    }
    return new Alerts(Collections.unmodifiableMap(next));
  }

  /** Each of them changed; the labels stay. */
  public Alerts map(UnaryOperator<TrackedAlert> change) {
    Map<Labels, TrackedAlert> changed = new LinkedHashMap<>();
    byLabels.forEach((labels, alert) -> changed.put(labels, change.apply(alert)));
    return new Alerts(Collections.unmodifiableMap(changed));
  }

  /** All. */
  public Collection<TrackedAlert> all() {
    return byLabels.values();
  }

  /** Those that are pending or firing. */
  public Stream<TrackedAlert> active() {
    return byLabels.values().stream().filter(TrackedAlert::isActive);
  }
}
