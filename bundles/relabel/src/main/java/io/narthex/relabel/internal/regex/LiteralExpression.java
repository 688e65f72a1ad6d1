package io.narthex.relabel.internal.regex;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of some texts: {@code a|b}; needs no engine. */
record LiteralExpression(Set<String> texts, boolean grouped) implements Expression {
  LiteralExpression {
    texts = Set.copyOf(texts);
  }

  @Override
  public boolean matches(String text) {
    return texts.contains(text);
  }

  @Override
  public int @Nullable [] match(String text) {
    if (!texts.contains(text)) {
      return null;
    }
    int end = text.length();
    return grouped ? new int[] {0, end, 0, end} : new int[] {0, end};
  }

  @Override
  public int groupCount() {
    return grouped ? 1 : 0;
  }

  @Override
  public Map<String, Integer> groupNames() {
    return Map.of();
  }
}
