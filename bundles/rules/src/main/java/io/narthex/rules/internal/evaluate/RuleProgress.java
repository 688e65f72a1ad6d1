package io.narthex.rules.internal.evaluate;

import io.narthex.api.model.Labels;
import io.narthex.api.rules.Rule.Evaluations;
import io.narthex.api.rules.RuleHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** How the evaluations of a rule go, and the series that the last one stored. */
final class RuleProgress {
  private volatile Evaluations evaluations = Evaluations.NONE;
  private volatile Set<Labels> series = Set.of();

  Evaluations evaluations() {
    return evaluations;
  }

  Set<Labels> series() {
    return series;
  }

  void stored(Set<Labels> now) {
    series = now;
  }

  /** An evaluation went well. */
  void succeeded() {
    evaluations = new Evaluations(RuleHealth.OK, "", evaluations.time(), evaluations.last());
  }

  /** An evaluation failed. */
  void failed(String error) {
    evaluations = new Evaluations(RuleHealth.ERR, error, evaluations.time(), evaluations.last());
  }

  /** An evaluation is over. */
  void took(Instant began, Duration time) {
    evaluations =
        new Evaluations(evaluations.health(), evaluations.lastError(), time, Optional.of(began));
  }
}
