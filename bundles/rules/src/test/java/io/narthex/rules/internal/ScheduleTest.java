package io.narthex.rules.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final String TEXT = "groups: [{name: g, rules: [{record: n, expr: x}]}]";

  @Test
  void evaluationsAreAnIntervalApartAndNotBeforeTheirTime() {
    RuleBench bench = new RuleBench(TEXT);
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.engine.atEachQuery =
        () -> assertThat(bench.time.wallMillis()).isBetween(bench.lastSlot(), bench.lastSlot() + 1);

    bench.minutes(5);

    assertThat(bench.engine.asked).hasSize(5);
    long last = bench.lastSlot();
    for (int i = 0; i < 5; i++) {
      assertThat(bench.engine.asked.get(i)).isEqualTo("x @ " + (last - (4 - i) * 60_000));
    }
    assertThat(bench.groupMetric("group_iterations_total")).isEqualTo(5);
    assertThat(bench.groupMetric("group_iterations_missed_total")).isZero();
    assertThat(bench.groupMetric("group_interval_seconds")).isEqualTo(60);
    assertThat(bench.metric("prometheus_rule_group_duration_seconds")).isEqualTo(5);
    assertThat(bench.metric("prometheus_rule_evaluation_duration_seconds")).isEqualTo(5);
  }

  @Test
  void theTimesAreTheSameAfterARestart() {
    RuleBench first = new RuleBench(TEXT);
    first.engine.gives("x", Labels.EMPTY, 1);
    first.minutes(1);
    RuleBench second =
        new RuleBench(TEXT, first.storage, Instant.parse("2024-01-05T07:31:17.123Z"));
    second.engine.gives("x", Labels.EMPTY, 1);
    second.minutes(1);

    assertThat((second.lastSlot() - first.lastSlot()) % 60_000).isZero();
  }

  @Test
  void whatPassesDuringAnEvaluationIsMissedButForTheLast() {
    RuleBench bench = new RuleBench(TEXT);
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.minutes(1);
    long first = bench.lastSlot();
    bench.engine.atEachQuery =
        () -> {
          bench.engine.atEachQuery = () -> {};
          bench.time.pass(Duration.ofSeconds(200));
        };
    bench.minutes(1);
    bench.time.advance(Duration.ZERO);

    // Due at +60 s, done at +260 s: that of +240 s follows at once, +120 s and +180 s are missed.
    assertThat(bench.engine.asked)
        .containsExactly("x @ " + first, "x @ " + (first + 60_000), "x @ " + (first + 4 * 60_000));
    assertThat(bench.groupMetric("group_iterations_missed_total")).isEqualTo(2);
    assertThat(bench.groupMetric("group_iterations_total")).isEqualTo(5);
    bench.minutes(1);
    assertThat(bench.lastSlot()).isEqualTo(first + 5 * 60_000);
  }

  @Test
  void aClockThatIsSetBackDoesNotStopTheRules() {
    RuleBench bench = new RuleBench(TEXT);
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.minutes(2);
    bench.time.pass(Duration.ofHours(-1));

    // What was planned before comes by the scheduler's own clock.
    bench.time.advance(Duration.ofMinutes(61));
    int before = bench.engine.asked.size();
    bench.minutes(5);

    assertThat(bench.engine.asked).hasSize(before + 5);
  }

  @Test
  void aFullPoolIsAMissedEvaluation() {
    RuleBench bench = new RuleBench(TEXT);
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.minutes(1);
    bench.scope.pools.get("evaluate").full = true;
    bench.minutes(2);
    bench.scope.pools.get("evaluate").full = false;
    bench.minutes(1);

    assertThat(bench.engine.asked).hasSize(2);
    assertThat(bench.groupMetric("group_iterations_missed_total")).isEqualTo(2);
    assertThat(bench.groupMetric("group_iterations_total")).isEqualTo(4);
  }

  @Test
  void aGroupThatAnotherProcessOwnsIsLeftAlone() {
    RuleBench bench = new RuleBench(TEXT);
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.disowned.add("rules.yml;g");
    bench.minutes(2);
    assertThat(bench.engine.asked).isEmpty();
    assertThat(bench.groupMetric("group_iterations_missed_total")).isZero();

    bench.disowned.clear();
    bench.minutes(1);
    assertThat(bench.engine.asked).hasSize(1);
  }
}
