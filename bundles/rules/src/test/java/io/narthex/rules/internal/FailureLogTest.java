package io.narthex.rules.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryErrors;
import io.narthex.rules.internal.fake.RecordedLog;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the log tells of rules that cannot be evaluated. */
class FailureLogTest {
  private static final String TEXT = "groups: [{name: g, rules: [{record: n, expr: %s}]}]";
  private static final String WHICH = " [file=rules.yml, group=g, rule=n";
  private static final String FAILS =
      "WARN evaluating a rule fails; told again when the reason changes" + WHICH;
  private static final String AGAIN = "INFO a rule is evaluated again" + WHICH + "]";

  private final RuleBench bench = new RuleBench(TEXT.formatted("x"));

  @BeforeEach
  void forget() {
    RecordedLog.LINES.clear();
  }

  @Test
  void aRuleThatCannotRunIsToldOnceAndThatItIsWellAgain() {
    bench.engine.fails("x");
    bench.minutes(3);
    assertThat(log()).containsExactly(FAILS + ", err=no value for x]");

    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.minutes(2);
    assertThat(log()).last().isEqualTo(AGAIN);
    assertThat(log()).hasSize(2);

    bench.engine.fails("x");
    bench.minutes(2);
    assertThat(log()).hasSize(3).last().isEqualTo(FAILS + ", err=no value for x]");
    assertThat(bench.groupMetric("evaluation_failures_total")).isEqualTo(5);
  }

  @Test
  void aRuleThatIsWellIsNotTold() {
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.minutes(3);

    assertThat(log()).isEmpty();
  }

  @Test
  void anotherReasonIsToldAgain() {
    bench.engine.fails("x");
    bench.minutes(2);
    bench.engine.gives(
        "x", Labels.of("__name__", "a", "l", "1"), 1, Labels.of("__name__", "b", "l", "1"), 1);
    bench.minutes(2);

    assertThat(log())
        .containsExactly(
            FAILS + ", err=no value for x]",
            FAILS
                + ", err=vector contains metrics with the same labelset after applying rule"
                + " labels]");
  }

  @Test
  void anEvaluationThatWasCancelledChangesNothing() {
    bench.engine.fails("x", QueryErrors.CANCELED);
    bench.minutes(1);
    assertThat(log()).isEmpty();

    bench.engine.fails("x");
    bench.minutes(1);
    bench.engine.fails("x", QueryErrors.CANCELED);
    bench.minutes(1);
    bench.engine.fails("x");
    bench.minutes(1);
    assertThat(log()).hasSize(1);
  }

  @Test
  void aReloadDoesNotMakeItTellAgain() {
    bench.engine.fails("x");
    bench.minutes(2);

    bench.reload(TEXT.formatted("x, labels: {}") + "\n");
    bench.reload("groups: [{name: g, limit: 7, rules: [{record: n, expr: x}]}]");
    bench.minutes(2);

    assertThat(log()).hasSize(1);
  }

  @Test
  void aDefectIsToldOnce() {
    bench.engine.atEachQuery =
        () -> {
          throw new IllegalStateException("broken");
        };
    bench.minutes(3);

    assertThat(log())
        .containsExactly(
            "ERROR a rule fails because of a defect; told again when the reason changes"
                + WHICH
                + "]");
  }

  private static List<String> log() {
    return RecordedLog.LINES.stream().filter(line -> line.contains("rule=n")).toList();
  }
}
