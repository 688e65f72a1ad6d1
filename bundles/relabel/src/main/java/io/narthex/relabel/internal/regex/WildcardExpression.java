package io.narthex.relabel.internal.regex;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Anything between two texts: {@code prefix(.*)suffix}; needs no engine.
 *
 * @param atLeast how long what stands between them must be: 0 or 1
 */
record WildcardExpression(String prefix, int atLeast, String suffix, boolean grouped)
    implements Expression {
  @Override
  public boolean matches(String text) {
    return text.length() >= prefix.length() + atLeast + suffix.length()
        && text.startsWith(prefix)
        && text.endsWith(suffix);
  }

  @Override
  public int @Nullable [] match(String text) {
    if (!matches(text)) {
      return null;
    }
    int end = text.length();
    return grouped
        ? new int[] {0, end, prefix.length(), end - suffix.length()}
        : new int[] {0, end};
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
