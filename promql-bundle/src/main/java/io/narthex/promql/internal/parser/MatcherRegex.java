package io.narthex.promql.internal.parser;

import com.google.re2j.Pattern;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;

/** What the parser must know about a matcher's regular expression; the storage evaluates it. */
public final class MatcherRegex {
  private MatcherRegex() {}

  /**
   * Checks that the matcher's expression compiles, if it has one.
   *
   * @throws com.google.re2j.PatternSyntaxException with upstream's text
   */
  static void check(Matcher matcher) {
    if (isRegex(matcher)) {
      Pattern.compile(matcher.value());
    }
  }

  /** Whether a series without the label satisfies the matcher. */
  public static boolean matchesEmpty(Matcher matcher) {
    return switch (matcher.type()) {
      case EQUAL -> matcher.value().isEmpty();
      case NOT_EQUAL -> !matcher.value().isEmpty();
      case REGEX -> anchored(matcher).matches("");
      case NOT_REGEX -> !anchored(matcher).matches("");
    };
  }

  private static boolean isRegex(Matcher matcher) {
    return matcher.type() == MatchType.REGEX || matcher.type() == MatchType.NOT_REGEX;
  }

  private static Pattern anchored(Matcher matcher) {
    return Pattern.compile("^(?s:" + matcher.value() + ")$");
  }
}
