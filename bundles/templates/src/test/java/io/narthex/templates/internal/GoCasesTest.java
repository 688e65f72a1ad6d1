package io.narthex.templates.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.NarthexException;
import io.narthex.api.template.TemplateDialect;
import io.narthex.api.template.TemplateErrors;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of {@code cases.tsv} is what Go made of it; {@code differences.tsv} has what we make
 * of those that are otherwise with us, and why.
 */
class GoCasesTest {
  private static final GoTemplateEngine ENGINE = new GoTemplateEngine();

  @TestFactory
  Stream<DynamicTest> asInGo() {
    return tests("cases.tsv");
  }

  @TestFactory
  Stream<DynamicTest> otherwiseThanInGo() {
    return tests("differences.tsv");
  }

  private static Stream<DynamicTest> tests(String table) {
    return CaseTable.read(table).stream()
        .map(c -> DynamicTest.dynamicTest(c.dialect() + " " + c.template(), () -> check(c)));
  }

  private static void check(CaseTable.Case expected) {
    assertThat(outcome(expected.dialect(), expected.template()))
        .isEqualTo(
            new CaseTable.Case(
                expected.dialect(), expected.template(), expected.outcome(), expected.text()));
  }

  static CaseTable.Case outcome(String dialect, String template) {
    boolean rule = dialect.startsWith("rule");
    TemplateSet set =
        ENGINE.set(rule ? TemplateDialect.RULE : TemplateDialect.NOTIFICATION, List.of());
    TemplateSource source = new TemplateSource(rule ? "__alert_test" : "", template);
    try {
      String text =
          (dialect.endsWith("html") ? set.html(source) : set.text(source))
              .expand(rule ? Samples.rule() : Samples.notification(), Samples.CONTEXT);
      return new CaseTable.Case(dialect, template, "ok", text);
    } catch (NarthexException e) {
      boolean parse = e.code().equals(TemplateErrors.PARSE);
      // The column of an error of the text is ours; Go names only the line.
      String message = String.valueOf(e.getMessage());
      return new CaseTable.Case(
          dialect,
          template,
          parse ? "parse" : "execute",
          parse ? message.replaceFirst(" \\(column \\d+\\)$", "") : message);
    }
  }
}
