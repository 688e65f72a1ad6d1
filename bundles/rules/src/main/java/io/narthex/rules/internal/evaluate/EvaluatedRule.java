package io.narthex.rules.internal.evaluate;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.rules.Rule;
import io.narthex.rules.internal.file.RuleDefinition;
import io.narthex.rules.internal.series.RuleSample;
import java.util.List;
import java.util.Set;

/**
 * A rule with what it keeps from one evaluation to the next. It is evaluated by one thread at a
 * time; snapshots are taken by any.
 */
sealed interface EvaluatedRule permits RecordingRule, AlertingRule {
  RuleDefinition definition();

  /** How its evaluations go. */
  RuleProgress progress();

  /** Tells the log of them. */
  FailureLog failures();

  /**
   * Evaluates the rule.
   *
   * @return what it stores
   * @throws NarthexException if it fails
   */
  List<RuleSample> evaluate(Iteration iteration);

  /** The rule as it is now. */
  Rule snapshot();

  /** The series that it stored last. */
  default Set<Labels> series() {
    return progress().series();
  }
}
