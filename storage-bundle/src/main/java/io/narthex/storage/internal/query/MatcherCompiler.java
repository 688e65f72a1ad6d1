package io.narthex.storage.internal.query;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Matcher;
import io.narthex.api.storage.StorageErrors;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Makes tests of matchers. Expressions that are a text, an alternation of texts, a prefix or
 * anything at all need no engine; all others go to RE2/J, anchored, with {@code .} taking newlines
 * as upstream's do.
 */
final class MatcherCompiler {
  private static final String META = "\\.+*?()|[]{}^$";

  private MatcherCompiler() {}

  static ValueTest compile(Matcher matcher) {
    return switch (matcher.type()) {
      case EQUAL -> new ValueTest.OneOf(Set.of(matcher.value()));
      case NOT_EQUAL -> new ValueTest.Not(new ValueTest.OneOf(Set.of(matcher.value())));
      case REGEX -> regex(matcher);
      case NOT_REGEX -> new ValueTest.Not(regex(matcher));
    };
  }

  private static ValueTest regex(Matcher matcher) {
    String expression = matcher.value();
    if (expression.equals(".*")) {
      return new ValueTest.Any();
    }
    if (expression.equals(".+")) {
      return new ValueTest.NotEmpty();
    }
    Set<String> alternatives = new LinkedHashSet<>();
    if (isAlternationOfTexts(expression, alternatives)) {
      return new ValueTest.OneOf(alternatives);
    }
    if (expression.endsWith(".*") && isText(expression, expression.length() - 2)) {
      return new ValueTest.Prefix(expression.substring(0, expression.length() - 2), 0);
    }
    if (expression.endsWith(".+") && isText(expression, expression.length() - 2)) {
      return new ValueTest.Prefix(expression.substring(0, expression.length() - 2), 1);
    }
    try {
      return new ValueTest.Regex(Pattern.compile("^(?s:" + expression + ")$"));
    } catch (PatternSyntaxException e) {
      throw new NarthexException(
          StorageErrors.BAD_MATCHER,
          "the expression of %s does not compile: %s".formatted(matcher, e.getMessage()),
          e);
    }
  }

  private static boolean isAlternationOfTexts(String expression, Set<String> alternatives) {
    int from = 0;
    for (int i = 0; i <= expression.length(); i++) {
      if (i == expression.length() || expression.charAt(i) == '|') {
        alternatives.add(expression.substring(from, i));
        from = i + 1;
      } else if (META.indexOf(expression.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(String expression, int end) {
    for (int i = 0; i < end; i++) {
      if (META.indexOf(expression.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
