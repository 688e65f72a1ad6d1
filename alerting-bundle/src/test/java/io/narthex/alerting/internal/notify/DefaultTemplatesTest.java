package io.narthex.alerting.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That they compile and what they say is tested where the engine is. */
class DefaultTemplatesTest {
  private static final String TEXT =
      Templates.resource("default.tmpl").text() + Templates.resource("email.tmpl").text();

  private static Set<String> names(String keyword) {
    Matcher matcher = Pattern.compile(keyword + " \"([^\"]+)\"").matcher(TEXT);
    Set<String> names = new TreeSet<>();
    while (matcher.find()) {
      assertThat(keyword.equals("define") && !names.add(matcher.group(1)))
          .as("%s is defined twice", matcher.group(1))
          .isFalse();
      names.add(matcher.group(1));
    }
    return names;
  }

  @Test
  void theNamesThatReceiversReferToAreDefined() {
    assertThat(names("define"))
        .contains(
            "__subject",
            "__alertmanager",
            "__alertmanagerURL",
            "__description",
            "__text_alert_list",
            "__text_alert_list_markdown",
            "email.default.subject",
            "email.default.html",
            "email.default.text",
            "slack.default.title",
            "pagerduty.default.description",
            "jira.default.priority")
        .containsAll(names("template"));
  }

  @Test
  void everyActionIsClosed() {
    assertThat(Pattern.compile("\\{\\{").matcher(TEXT).results().count())
        .isEqualTo(Pattern.compile("}}").matcher(TEXT).results().count());
    assertThat(Pattern.compile("\\{\\{-? ?(define|if|with|range)").matcher(TEXT).results().count())
        .isEqualTo(Pattern.compile("\\{\\{-? ?end").matcher(TEXT).results().count());
  }
}
