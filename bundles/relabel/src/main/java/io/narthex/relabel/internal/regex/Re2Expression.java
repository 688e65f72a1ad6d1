package io.narthex.relabel.internal.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any expression.
 *
 * @param prefix what every text that matches begins with, to spare the engine the others
 */
record Re2Expression(Pattern pattern, String prefix) implements Expression {
  @Override
  public boolean matches(String text) {
    return text.startsWith(prefix) && pattern.matcher(text).find();
  }

  @Override
  public int @Nullable [] match(String text) {
    if (!text.startsWith(prefix)) {
      return null;
    }
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? groups(matcher) : null;
  }

  @Override
  public String replaceAll(String text, Template replacement) {
    Matcher matcher = pattern.matcher(text);
    StringBuilder out = new StringBuilder();
    int lastEnd = 0;
    while (matcher.find()) {
      out.append(text, lastEnd, matcher.start());
      // An empty match right after another does not count, as in Go.
      if (matcher.end() > lastEnd || matcher.start() == 0) {
        out.append(replacement.expand(text, groups(matcher)));
      }
      lastEnd = matcher.end();
    }
    return out.append(text, lastEnd, text.length()).toString();
  }

  private static int[] groups(Matcher matcher) {
    int[] groups = new int[2 * (matcher.groupCount() + 1)];
    for (int i = 0; i < groups.length / 2; i++) {
      groups[2 * i] = matcher.start(i);
      groups[2 * i + 1] = matcher.end(i);
    }
    return groups;
  }

  @Override
  public int groupCount() {
    return pattern.groupCount();
  }

  @Override
  public Map<String, Integer> groupNames() {
    return pattern.namedGroups();
  }
}
