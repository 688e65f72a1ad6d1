package io.narthex.alerting.internal.matcher;

import io.narthex.api.model.Labels;
import java.util.List;
import java.util.stream.Collectors;

/** Matchers that must all be fulfilled; none of them match everything. */
public record Matchers(List<AlertMatcher> list) {
  /** Matches everything. */
  public static final Matchers NONE = new Matchers(List.of());

  /** Copies the list. */
  public Matchers {
    list = List.copyOf(list);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return list.isEmpty();
  }

  /** Whether the labels fulfil all of them. */
  public boolean matches(Labels labels) {
    for (AlertMatcher matcher : list) {
      if (!matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /** The same in upstream's order. */
  public Matchers sorted() {
    return new Matchers(list.stream().sorted().toList());
  }

  /** As upstream prints them: <code>{a="1",b=~"2"}</code>. */
  @Override
  public String toString() {
    return list.stream().map(AlertMatcher::toString).collect(Collectors.joining(",", "{", "}"));
  }
}
