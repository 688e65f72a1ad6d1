package io.narthex.promql.internal.exec;

import io.narthex.api.model.Labels;
import io.narthex.promql.internal.ast.Matching;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Numbers the match groups of two vectors. */
final class MatchKeys {
  private final boolean on;
  private final Set<String> names;
  private final Map<Labels, Integer> numbers = new HashMap<>();

  MatchKeys(Matching matching) {
    this.on = matching.on();
    this.names = Set.copyOf(matching.labels());
  }

  /** The labels of a series that are compared. */
  Labels key(Labels series) {
    return on
        ? series.filter(names::contains)
        : series.filter(name -> !name.equals(Labels.METRIC_NAME) && !names.contains(name));
  }

  /** The number of the group that a series is in. */
  int number(Labels series) {
    Integer known = numbers.putIfAbsent(key(series), numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }

  /** How many groups have been numbered. */
  int size() {
    return numbers.size();
  }
}
