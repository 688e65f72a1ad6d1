package io.narthex.api.rules;

import io.narthex.api.model.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A rule as it is at one time. */
public sealed interface Rule {
  /** The metric that it records, or the alert's name. */
  String name();

  /** Its expression, on one line. */
  String query();

  /** Its labels and its group's, templates not expanded. */
  Labels labels();

  /** How its evaluations go. */
  Evaluations evaluations();

  /**
   * How the evaluations of a rule go.
   *
   * @param lastError why the last one failed, or {@code ""}
   * @param time how long the last one took
   * @param last when the last one began; empty before the first
   */
  record Evaluations(RuleHealth health, String lastError, Duration time, Optional<Instant> last) {
    /** Before the first. */
    public static final Evaluations NONE =
        new Evaluations(RuleHealth.UNKNOWN, "", Duration.ZERO, Optional.empty());
  }

  /** Records its expression as a series of its own. */
  record Recording(String name, String query, Labels labels, Evaluations evaluations)
      implements Rule {}

  /**
   * Makes alerts of the series that its expression gives.
   *
   * @param state that of its alert furthest on
   * @param holdFor how long an alert is pending before it fires
   * @param keepFiringFor how long an alert fires on when the expression gives it no more
   * @param annotations templates, not expanded
   * @param alerts those that are pending or firing, by labels
   */
  record Alerting(
      String name,
      String query,
      Labels labels,
      Evaluations evaluations,
      AlertState state,
      Duration holdFor,
      Duration keepFiringFor,
      Labels annotations,
      List<ActiveAlert> alerts)
      implements Rule {
    /** Copies the list. */
    public Alerting {
      alerts = List.copyOf(alerts);
    }
  }
}
