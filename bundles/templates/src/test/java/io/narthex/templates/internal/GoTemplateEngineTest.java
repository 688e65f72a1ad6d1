package io.narthex.templates.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryValue;
import io.narthex.api.template.Template;
import io.narthex.api.template.TemplateContext;
import io.narthex.api.template.TemplateDialect;
import io.narthex.api.template.TemplateErrors;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.template.TemplateSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GoTemplateEngineTest {
  private final GoTemplateEngine engine = new GoTemplateEngine();

  private TemplateSet notifications(String... texts) {
    return engine.set(
        TemplateDialect.NOTIFICATION,
        IntStream.range(0, texts.length)
            .mapToObj(i -> new TemplateSource("file" + i + ".tmpl", texts[i]))
            .toList());
  }

  private static String expand(Template template, Object data) {
    return template.expand(data, Samples.CONTEXT);
  }

  private static TemplateSource unnamed(String text) {
    return new TemplateSource("", text);
  }

  @Test
  void laterDefinitionsWin() {
    TemplateSet set =
        notifications(
            "{{define \"a\"}}first{{end}}{{define \"b\"}}b{{end}}",
            "{{define \"a\"}}second{{end}}{{define \"b\"}} {{end}}");
    assertThat(expand(set.text(unnamed("{{template \"a\"}}{{template \"b\"}}")), Map.of()))
        .isEqualTo("secondb");
  }

  @Test
  void aTextOverridesDefinitionsForItselfOnly() {
    TemplateSet set = notifications("{{define \"a\"}}set{{end}}");
    Template own = set.text(unnamed("{{define \"a\"}}own{{end}}{{template \"a\"}}"));
    assertThat(expand(own, "")).isEqualTo("own");
    assertThat(expand(set.text(unnamed("{{template \"a\"}}")), "")).isEqualTo("set");
  }

  @Test
  void whatStandsOutsideOfDefinitionsHasTheSourcesName() {
    assertThat(
            expand(
                notifications("hello {{.}}").text(unnamed("{{template \"file0.tmpl\" .}}!")), "x"))
        .isEqualTo("hello x!");
  }

  @Test
  void errorsOfDefinitionsNameTheirFile() {
    TemplateSet set = notifications("x\n {{define \"a\"}}{{.Nope}}{{end}}");
    Template template = set.text(unnamed("{{template \"a\" .}}"));
    assertThatThrownBy(() -> expand(template, "text"))
        .isInstanceOf(NarthexException.class)
        .hasMessage(
            "template: file0.tmpl:2:17: executing \"a\" at <.Nope>:"
                + " can't evaluate field Nope in type string")
        .extracting(e -> ((NarthexException) e).code())
        .isEqualTo(TemplateErrors.EXECUTE);
  }

  @Test
  void oneSetGivesTextAndHtml() {
    TemplateSet set = notifications("{{define \"a\"}}<b>{{.}}</b>{{end}}");
    TemplateSource source = unnamed("{{template \"a\" .}}");
    assertThat(expand(set.text(source), "<>")).isEqualTo("<b><></b>");
    assertThat(expand(set.html(source), "<>")).isEqualTo("<b>&lt;&gt;</b>");
  }

  @Test
  void anEmptyTextIsATemplateWhateverElseHasItsName() {
    TemplateSet set = engine.set(TemplateDialect.NOTIFICATION, List.of(unnamed("other")));
    assertThat(expand(set.text(unnamed("")), "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "{{ foo }}                 | template: n:1: function \"foo\" not defined (column 4)",
        "é{{ foo }}                | template: n:1: function \"foo\" not defined (column 5)",
        "a{{ if }}                 | template: n:1: missing value for if (column 8)",
        "{{ \"x                    | template: n:1: unterminated quoted string (column 4)",
        "{{ ¡ }}   | template: n:1: unrecognized character in action: U+00A1 '¡' (column 4)",
        "\uD83D\uDE00{{ ) }} | template: n:1: unexpected right paren (column 5)",
        "{{ if true }}x            | template: n:1: unexpected EOF (column 15)",
      })
  void errorsOfTheTextNameTheColumn(String text, String message) {
    for (TemplateDialect dialect : TemplateDialect.values()) {
      assertThatThrownBy(() -> engine.set(dialect, List.of()).text(new TemplateSource("n", text)))
          .isInstanceOf(NarthexException.class)
          .hasMessage(message)
          .extracting(e -> ((NarthexException) e).code())
          .isEqualTo(TemplateErrors.PARSE);
    }
  }

  @Test
  void errorsNameTheLineAndTheColumnInIt() {
    assertThatThrownBy(() -> notifications("a\n\n  b {{ if .x }}\n{{ nope }}{{ end }}"))
        .hasMessage("template: file0.tmpl:4: function \"nope\" not defined (column 4)");
  }

  @Test
  void rulesDoNotKnowFunctionsOfNotificationsNorTheOtherWayRound() {
    for (String name : List.of("date", "list", "join", "toJson", "tmpl", "since")) {
      assertThatThrownBy(
              () -> engine.set(TemplateDialect.RULE, List.of()).text(unnamed("{{" + name + "}}")))
          .hasMessageContaining("function \"" + name + "\" not defined");
    }
    for (String name : List.of("query", "humanize", "graphLink", "externalURL", "tmpl")) {
      assertThatThrownBy(() -> notifications("{{" + name + "}}"))
          .hasMessageContaining("function \"" + name + "\" not defined");
    }
  }

  @Test
  void timesComeFromTheContext() {
    TemplateSet set = notifications();
    assertThat(
            expand(
                set.text(unnamed("{{now | date \"15:04:05\"}} {{since .}} {{(since .).Minutes}}")),
                Instant.parse("2026-01-02T02:34:04.006Z")))
        .isEqualTo("03:04:05 30m1s 30.016666666666666");
  }

  @Test
  void dataMayBeAnyOfTheKindsOfValues() {
    TreeMap<String, Object> map = new TreeMap<>();
    map.put("list", List.of("a", 1L, 2.5, true));
    map.put("map", new TreeMap<>(Map.of("k", "v")));
    map.put("time", Instant.EPOCH);
    Template template =
        notifications().text(unnamed("{{.list}} {{.map}} {{.time}} {{.none}} {{index .list 2}}"));
    assertThat(expand(template, map))
        .isEqualTo("[a 1 2.5 true] map[k:v] 1970-01-01 00:00:00 +0000 UTC <no value> 2.5");
    assertThat(notifications().text(unnamed("{{.}}{{.a.b}}")).expand(null, Samples.CONTEXT))
        .isEqualTo("<no value><no value>");
  }

  @Test
  void aValueThatNoTemplateKnowsIsNamed() {
    assertThatThrownBy(() -> expand(notifications().text(unnamed("{{.}}")), new StringBuilder()))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining("a value of java.lang.StringBuilder is none that a template knows");
  }

  @Test
  void aTemplateMayBeUsedFromManyThreads() {
    Template template =
        engine
            .set(TemplateDialect.RULE, List.of())
            .text(
                new TemplateSource(
                    "__alert_x",
                    "{{$labels.job}} {{$value}} {{reReplaceAll \"o\" \"0\" \"foo\"}}"));
    assertThat(
            IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> expand(template, Samples.rule()))
                .distinct())
        .containsExactly("node 0.9 f00");
  }

  @Test
  void aPartOfAQuerysResultIsOne() {
    Template template =
        engine
            .set(TemplateDialect.RULE, List.of())
            .text(new TemplateSource("t", "{{ slice (query `up`) 1 | first | label `instance` }}"));
    assertThat(expand(template, Samples.rule())).isEqualTo("a:1");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorKind.class,
      names = {"UNAVAILABLE", "CANCELED"})
  void aQueryThatCouldNotBeRunNowIsNoFaultOfTheTemplate(ErrorKind kind) {
    Template template =
        engine
            .set(TemplateDialect.RULE, List.of())
            .text(new TemplateSource("t", "{{ query `up` | first | value }}"));
    ErrorCode code = new ErrorCode("test/away", kind);
    TemplateContext away =
        new TemplateContext() {
          @Override
          public String externalUrl() {
            return "";
          }

          @Override
          public Instant now() {
            return Samples.NOW;
          }

          @Override
          public List<QueryValue.Sample> query(String expression) {
            throw new NarthexException(code, "the engine is away");
          }
        };
    assertThatThrownBy(() -> template.expand(Samples.rule(), away))
        .isInstanceOfSatisfying(NarthexException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining("the engine is away");
  }
}
