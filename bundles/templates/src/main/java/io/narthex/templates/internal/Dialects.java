package io.narthex.templates.internal;

import io.narthex.api.template.TemplateDialect;
import io.narthex.templates.internal.function.Functions;
import io.narthex.templates.internal.function.RegexCache;

/** What templates have in each of the places where they stand. */
final class Dialects {
  /**
   * Upstream puts this before the text of a rule, so that it counts in the columns that its errors
   * name.
   */
  private static final String RULE_VARIABLES =
      "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}"
          + "{{$externalURL := .ExternalURL}}{{$value := .Value}}";

  private final Rules rule;
  private final Rules notification;

  /**
   * The rules of a dialect.
   *
   * @param prefix what is put before a text
   * @param named whether errors of execution say first which template it was
   */
  record Rules(Functions text, Functions html, String prefix, boolean named) {}

  Dialects(RegexCache regexes) {
    rule = new Rules(Functions.rule(regexes), Functions.ruleHtml(regexes), RULE_VARIABLES, true);
    notification =
        new Rules(Functions.notification(regexes), Functions.notificationHtml(regexes), "", false);
  }

  Rules of(TemplateDialect dialect) {
    return switch (dialect) {
      case RULE -> rule;
      case NOTIFICATION -> notification;
    };
  }
}
