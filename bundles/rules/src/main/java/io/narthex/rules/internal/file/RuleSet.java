package io.narthex.rules.internal.file;

import java.util.List;

/**
 * The rules of all files.
 *
 * @param problems what is wrong, each with its place; the groups are not complete then
 * @param warnings what will not work as it may be meant, each with its place
 */
public record RuleSet(List<GroupDefinition> groups, List<String> problems, List<String> warnings) {
  /** Copies the lists. */
  public RuleSet {
    groups = List.copyOf(groups);
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }
}
