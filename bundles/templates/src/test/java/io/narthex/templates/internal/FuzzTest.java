package io.narthex.templates.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken templates fail with our errors only: anything else would get through here. */
class FuzzTest {
  private static final int EXECUTIONS = 40_000;
  private static final long SEED = 20260105;
  private static final List<String> PIECES =
      List.of(
          "{{",
          "}}",
          "{{-",
          "-}}",
          "{{end}}",
          "{{else}}",
          "{{if .}}",
          "{{range .Alerts}}",
          "{{with .Status}}",
          "(",
          ")",
          "|",
          ".",
          "$",
          "$x",
          ":=",
          "=",
          ",",
          "\"",
          "`",
          "'",
          "\\",
          "nil",
          "true",
          "0",
          "-1",
          "1.5e3",
          "9223372036854775807",
          " ",
          "\n",
          "%",
          "[",
          "*",
          "printf",
          "index",
          "slice",
          "len",
          "list",
          "dict",
          "eq",
          "lt",
          "and",
          "or",
          "not",
          "html",
          "js",
          "\uD83D\uDE00",
          "\uD83D",
          "\u0000",
          "{{break}}",
          "{{continue}}",
          "{{define \"a\"}}",
          "{{template \"a\" .}}",
          "{{block \"b\" .}}",
          "/*",
          "*/",
          "<a href=",
          "<script>",
          "<!--");

  private final Random random = new Random(SEED);
  private final List<CaseTable.Case> cases = CaseTable.read("cases.tsv");

  @Test
  void mutatedTemplatesExpandOrFailWithOurErrors() {
    int accepted = 0;
    int parsed = 0;
    for (int i = 0; i < EXECUTIONS; i++) {
      CaseTable.Case base = cases.get(random.nextInt(cases.size()));
      String template = mutated(base.template());
      CaseTable.Case outcome;
      try {
        outcome = GoCasesTest.outcome(base.dialect(), template);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("%s %s".formatted(base.dialect(), template), e);
      }
      accepted += outcome.outcome().equals("ok") ? 1 : 0;
      parsed += outcome.outcome().equals("parse") ? 0 : 1;
    }
    System.out.printf(
        "%d templates, of which %d parsed and %d expanded%n", EXECUTIONS, parsed, accepted);
    assertThat(accepted).isBetween(EXECUTIONS / 20, EXECUTIONS * 9 / 10);
    assertThat(parsed).isGreaterThan(accepted);
  }

  private String mutated(String template) {
    StringBuilder text = new StringBuilder(template);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      mutate(text);
    }
    return text.toString();
  }

  private void mutate(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(5)) {
      case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
      case 2 -> {
        if (at < text.length()) {
          text.setCharAt(at, (char) (' ' + random.nextInt(95)));
        }
      }
      case 3 -> {
        String other = cases.get(random.nextInt(cases.size())).template();
        int from = random.nextInt(other.length() + 1);
        text.insert(at, other, from, from + random.nextInt(other.length() - from + 1));
      }
      default -> {
        int end = Math.min(text.length(), at + random.nextInt(12));
        text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
      }
    }
  }
}
