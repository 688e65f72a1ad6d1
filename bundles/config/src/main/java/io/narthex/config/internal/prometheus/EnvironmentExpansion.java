package io.narthex.config.internal.prometheus;

import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces {@code $NAME} and <code>${NAME}</code> in external labels; {@code $$} is a dollar sign,
 * unset is nothing, and so is a <code>${</code> that is not closed.
 */
final class EnvironmentExpansion {
  private static final Logger logger = LoggerFactory.getLogger(EnvironmentExpansion.class);
  private static final Pattern REFERENCE =
      Pattern.compile("\\$(?:\\{([^}]*)\\}|([A-Za-z_][A-Za-z0-9_]*)|([0-9*#$@!?-])|\\{)");

  private final UnaryOperator<String> environment;

  /**
   * An expansion.
   *
   * @param environment gives the value of a variable, {@code ""} if it is not set
   */
  EnvironmentExpansion(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  String expand(String text) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    return REFERENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match)));
  }

  private String value(MatchResult match) {
    for (int group = 1; group <= 3; group++) {
      if (match.group(group) != null) {
        String name = match.group(group);
        return name.equals("$") ? "$" : variable(name);
      }
    }
    return "";
  }

  private String variable(String name) {
    String value = environment.apply(name);
    if (value.isEmpty()) {
      logger
          .atWarn()
          .addKeyValue("name", name)
          .log("an environment variable in external_labels is not set or empty");
    }
    return value;
  }
}
