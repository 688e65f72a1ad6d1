package io.narthex.templates.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A template comes to an end, whatever it does. */
@Timeout(60)
class LimitsTest {
  private static String failure(String template) {
    CaseTable.Case outcome = GoCasesTest.outcome("note", template);
    assertThat(outcome.outcome()).isNotEqualTo("ok");
    return outcome.text();
  }

  @Test
  void endsARecursionWithoutEnd() {
    assertThat(failure("{{define \"r\"}}{{template \"r\"}}{{end}}{{template \"r\"}}"))
        .isEqualTo(
            "template: :1:25: executing \"r\" at <{{template \"r\"}}>:"
                + " exceeded maximum template depth (500)");
  }

  @ParameterizedTest
  @ValueSource(ints = {160, 256, 512})
  void endsARecursionThroughParenthesesOnASmallStack(int kilobytes) throws InterruptedException {
    String parentheses = "(or false ".repeat(50) + "." + ")".repeat(50);
    String template =
        "{{define \"r\"}}{{if "
            + parentheses
            + "}}{{template \"r\" .}}{{end}}{{end}}{{template \"r\" .}}";
    StringBuilder message = new StringBuilder();
    Thread thread =
        new Thread(null, () -> message.append(failure(template)), "small", kilobytes * 1024L);
    thread.start();
    thread.join(Duration.ofSeconds(30));
    assertThat(message).contains("exceeded maximum template depth (500)");
  }

  @Test
  void endsALongCount() {
    assertThat(failure("{{range 1000000000000}}{{end}}"))
        .contains("at <1000000000000>: exceeded maximum number of steps (1000000)");
  }

  @Test
  void endsCountsInsideOfCounts() {
    assertThat(failure("{{range 100000}}{{range 100000}}{{end}}{{end}}"))
        .contains("exceeded maximum number of steps (1000000)");
  }

  @Test
  void boundsTheOutput() {
    assertThat(failure("{{range 100000}}" + "x".repeat(100) + "{{end}}"))
        .contains("exceeded maximum length of text (4194304 characters)");
  }

  @Test
  void boundsTextsThatGrowInVariables() {
    assertThat(failure("{{$x := \"ab\"}}{{range 60}}{{$x = printf \"%s%s\" $x $x}}{{end}}"))
        .contains("exceeded maximum number of steps (1000000)");
    assertThat(failure("{{$x := printf \"%999999d\" 1}}{{print $x $x $x $x $x}}"))
        .contains("exceeded maximum length of text (4194304 characters)");
  }

  @Test
  void boundsTextsThatGrowByReplacing() {
    assertThat(
            failure("{{$x := \"ab\"}}{{range 60}}{{$x = reReplaceAll \".\" \"$0$0\" $x}}{{end}}"))
        .contains("exceeded maximum number of steps (1000000)");
    assertThat(
            failure("{{$x := printf \"%9999d\" 1}}{{reReplaceAll \".\" (printf \"%9999d\" 1) $x}}"))
        .contains("exceeded maximum length of text (4194304 characters)");
  }

  @Test
  void countsWhatExpressionsCost() {
    assertThat(
            failure(
                "{{$x := printf \"%50000d\" 1}}{{range 9999}}"
                    + "{{$y := match \"(a{900}|b)c\" $x}}{{end}}"))
        .contains("exceeded maximum number of steps (1000000)");
  }

  @Test
  void boundsListsThatGrowInEachOther() {
    assertThat(failure("{{$x := list 1}}{{range 60}}{{$x = list $x $x}}{{end}}{{$x}}"))
        .contains("exceeded maximum length of text");
    assertThat(failure("{{$x := list 1}}{{range 60}}{{$x = list $x $x}}{{end}}{{toJson $x}}"))
        .contains("exceeded maximum length of text");
    assertThat(failure("{{$x := list 1}}{{range 9999}}{{$x = list $x}}{{end}}{{$x}}"))
        .contains("exceeded maximum depth of values (200)");
  }

  @Test
  void boundsPadding() {
    assertThat(failure("{{range 9}}{{printf \"%999999d\" 1}}{{end}}"))
        .contains("exceeded maximum length of text");
  }

  @Test
  void countsTheLengthOfWhatFunctionsRead() {
    assertThat(
            failure("{{$x := printf \"%900000d\" 1}}{{range 900000}}{{$y := toUpper $x}}{{end}}"))
        .contains("exceeded maximum number of steps");
  }

  @Test
  void boundsNesting() {
    assertThat(failure("{{" + "(".repeat(300) + "1" + ")".repeat(300) + "}}"))
        .isEqualTo("template: :1: max expression depth exceeded");
    assertThat(failure("{{if 1}}".repeat(300) + "{{end}}".repeat(300)))
        .isEqualTo("template: :1: max expression depth exceeded");
  }

  @Test
  void boundsExpressions() {
    assertThat(failure("{{match (printf \"%20000d\" 1) \"a\"}}"))
        .contains("expression of 20000 characters is too long, at most 2000 are taken");
  }
}
