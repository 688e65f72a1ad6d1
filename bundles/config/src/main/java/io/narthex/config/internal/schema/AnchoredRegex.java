package io.narthex.config.internal.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** Regular expressions of configurations: RE2, matching only as a whole. */
public final class AnchoredRegex {
  private AnchoredRegex() {}

  /** What is wrong with an expression, or empty. */
  public static Optional<String> problem(String regex) {
    try {
      Pattern.compile("^(?s:" + regex + ")$");
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(e.getDescription() + detail(regex, e));
    }
  }

  /** The part of the expression that is meant, unless it is all of it. */
  private static String detail(String regex, PatternSyntaxException e) {
    String part = e.getPattern();
    return part == null || part.isEmpty() || part.length() > regex.length()
        ? ""
        : ": `" + part + "`";
  }
}
