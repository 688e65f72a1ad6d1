package io.narthex.rules.internal.file;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A group of rules as a file defines it, checked. Groups that say the same are equal.
 *
 * @param interval how often it is evaluated
 * @param limit how many series or alerts one of its rules may give; 0 or below: any number
 * @param queryOffset how far in the past it is evaluated; empty: what the configuration says
 */
public record GroupDefinition(
    String file,
    String name,
    Duration interval,
    long limit,
    Optional<Duration> queryOffset,
    List<RuleDefinition> rules) {
  /** Copies the list; an interval is above 0. */
  public GroupDefinition {
    rules = List.copyOf(rules);
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException("a group's interval is above 0");
    }
  }

  /** Tells groups apart, since their names need not be unique over files. */
  public record Id(String file, String name) {}

  /** What tells it from all other groups. */
  public Id id() {
    return new Id(file, name);
  }

  /** Names it in metrics and messages as upstream does; another group's may read the same. */
  public String key() {
    return file + ";" + name;
  }
}
