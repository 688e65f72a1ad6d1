package io.narthex.api.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A group of rules as it is at one time.
 *
 * @param file the file it stands in
 * @param limit how many series or alerts one of its rules may give; 0: any number
 * @param evaluationTime how long its last evaluation took
 * @param lastEvaluation when its last evaluation began; empty before the first
 */
public record RuleGroup(
    String name,
    String file,
    Duration interval,
    long limit,
    List<Rule> rules,
    Duration evaluationTime,
    Optional<Instant> lastEvaluation) {
  /** Copies the list. */
  public RuleGroup {
    rules = List.copyOf(rules);
  }
}
