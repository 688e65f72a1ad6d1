package io.narthex.rules.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.RuleFile;
import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryValue;
import io.narthex.api.rules.Rule;
import io.narthex.api.rules.RuleHealth;
import io.narthex.rules.internal.fake.FakeConfiguration;
import io.narthex.rules.internal.fake.FakeStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingRulesTest {
  private static final String ONE =
      """
      groups:
        - name: g
          labels: {team: a, tier: group}
          rules:
            - record: job:up
              expr: sum by (job) (up)
              labels: {tier: rule, instance: ""}
      """;

  @Test
  void recordsTheExpressionUnderItsNameWithItsLabelsOverTheGroups() {
    RuleBench bench = new RuleBench(ONE);
    bench.engine.gives(
        "sum by (job) (up)",
        Labels.of("__name__", "up", "job", "x", "instance", "i", "team", "b"),
        3,
        Labels.of("job", "y"),
        4);

    bench.minutes(1);

    assertThat(bench.storage.series.keySet())
        .containsExactlyInAnyOrder(
            Labels.of("__name__", "job:up", "job", "x", "team", "a", "tier", "rule"),
            Labels.of("__name__", "job:up", "job", "y", "team", "a", "tier", "rule"));
    assertThat(bench.values("__name__", "job:up", "job", "x", "team", "a", "tier", "rule"))
        .containsExactly("3");
    assertThat(bench.rule(0))
        .isInstanceOfSatisfying(
            Rule.Recording.class,
            rule -> {
              assertThat(rule.evaluations().health()).isEqualTo(RuleHealth.OK);
              assertThat(rule.labels()).isEqualTo(Labels.of("team", "a", "tier", "rule"));
            });
  }

  @Test
  void aScalarIsOneSampleWithoutLabels() {
    RuleBench bench = new RuleBench("groups: [{name: g, rules: [{record: n, expr: 1 + 1}]}]");
    bench.engine.gives("1 + 1", new QueryValue.Scalar(0, 2));

    bench.minutes(1);

    assertThat(bench.values("__name__", "n")).containsExactly("2");
  }

  @Test
  void anotherTypeIsAnError() {
    RuleBench bench = new RuleBench("groups: [{name: g, rules: [{record: n, expr: 'up[5m]'}]}]");
    bench.engine.gives("up[5m]", new QueryValue.Matrix(List.of()));

    bench.minutes(1);

    assertThat(bench.rule(0).evaluations().health()).isEqualTo(RuleHealth.ERR);
    assertThat(bench.rule(0).evaluations().lastError())
        .isEqualTo("rule result is not a vector or scalar");
  }

  @Test
  void aSeriesThatDoesNotComeAgainIsEndedAndMayComeBack() {
    RuleBench bench = new RuleBench("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.engine.gives("x", Labels.of("a", "1"), 1, Labels.of("a", "2"), 2);
    bench.minutes(1);
    bench.engine.gives("x", Labels.of("a", "2"), 3);
    bench.minutes(2);
    bench.engine.gives("x", Labels.of("a", "1"), 4);
    bench.minutes(1);

    assertThat(bench.values("__name__", "n", "a", "1")).containsExactly("1", "stale", "4");
    assertThat(bench.values("__name__", "n", "a", "2")).containsExactly("2", "3", "3", "stale");
  }

  @Test
  void aFailedEvaluationEndsNoSeries() {
    RuleBench bench = new RuleBench("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.minutes(1);
    bench.engine.fails("x");
    bench.minutes(1);

    assertThat(bench.values("__name__", "n")).containsExactly("1");
    assertThat(bench.rule(0).evaluations().lastError()).isEqualTo("no value for x");
    assertThat(bench.groupMetric("evaluations_total")).isEqualTo(2);
    assertThat(bench.groupMetric("evaluation_failures_total")).isEqualTo(1);

    bench.engine.gives("x");
    bench.minutes(1);

    assertThat(bench.values("__name__", "n")).containsExactly("1", "stale");
    assertThat(bench.rule(0).evaluations().health()).isEqualTo(RuleHealth.OK);
  }

  @Test
  void sameLabelsTwiceAreAnError() {
    RuleBench bench =
        new RuleBench("groups: [{name: g, rules: [{record: n, expr: x, labels: {a: \"\"}}]}]");
    bench.engine.gives("x", Labels.of("a", "1"), 1, Labels.of("a", "2"), 2);

    bench.minutes(1);

    assertThat(bench.rule(0).evaluations().lastError())
        .isEqualTo("vector contains metrics with the same labelset after applying rule labels");
    assertThat(bench.storage.series).isEmpty();
  }

  @Test
  void moreSeriesThanTheLimitAreNoneAtAll() {
    RuleBench bench = new RuleBench("groups: [{name: g, limit: 1, rules: [{record: n, expr: x}]}]");
    bench.engine.gives("x", Labels.of("a", "1"), 1);
    bench.minutes(1);
    bench.engine.gives("x", Labels.of("a", "1"), 1, Labels.of("a", "2"), 2);
    bench.minutes(1);

    assertThat(bench.rule(0).evaluations().lastError())
        .isEqualTo("exceeded limit of 1 with 2 series");
    assertThat(bench.values("__name__", "n", "a", "1")).containsExactly("1");
    assertThat(bench.group().limit()).isEqualTo(1);
  }

  @Test
  void aRuleSeesWhatThoseBeforeItRecorded() {
    RuleBench bench =
        new RuleBench("groups: [{name: g, rules: [{record: a, expr: x}, {record: b, expr: y}]}]");
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.engine.gives("y", Labels.EMPTY, 2);
    bench.engine.atEachQuery =
        () ->
            assertThat(bench.storage.series.containsKey(Labels.of("__name__", "a")))
                .isEqualTo(bench.engine.asked.getLast().startsWith("y"));

    bench.minutes(1);

    assertThat(bench.storage.commits).isEqualTo(2);
    assertThat(bench.groupMetric("group_last_evaluation_samples")).isEqualTo(2);
    assertThat(bench.groupMetric("group_rules")).isEqualTo(2);
  }

  @Test
  void aRefusedSampleIsAnErrorOfTheRule() {
    RuleBench bench =
        new RuleBench("groups: [{name: g, rules: [{record: n, expr: x}, {record: n, expr: y}]}]");
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.engine.gives("y", Labels.EMPTY, 2);

    bench.minutes(1);

    assertThat(bench.rule(0).evaluations().health()).isEqualTo(RuleHealth.OK);
    assertThat(bench.rule(1).evaluations().health()).isEqualTo(RuleHealth.ERR);
    assertThat(bench.rule(1).evaluations().lastError()).isEqualTo("duplicate sample for timestamp");
    assertThat(bench.values("__name__", "n")).containsExactly("1");
  }

  @Test
  void aStorageWithoutRoomKeepsTheSeriesThatItHas() {
    RuleBench bench = new RuleBench("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.engine.gives("x", Labels.of("a", "1"), 1);
    bench.minutes(1);
    bench.storage.isFull = true;
    bench.engine.gives("x", Labels.of("a", "0"), 1, Labels.of("a", "1"), 2);
    bench.minutes(1);

    assertThat(bench.values("__name__", "n", "a", "1")).containsExactly("1", "2");
    assertThat(bench.rule(0).evaluations().lastError()).isEqualTo("no room for a new series");
  }

  @Test
  void aCommitThatFailsIsAnErrorAndForgetsNothing() {
    RuleBench bench = new RuleBench("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.minutes(1);
    bench.storage.commitFails = true;
    bench.engine.gives("x");
    bench.minutes(1);

    assertThat(bench.rule(0).evaluations().lastError()).isEqualTo("the disk is full");
    assertThat(bench.groupMetric("evaluation_failures_total")).isEqualTo(1);

    bench.storage.commitFails = false;
    bench.minutes(1);

    assertThat(bench.values("__name__", "n")).containsExactly("1", "stale");
  }

  @Test
  void theOffsetOfTheGroupOrElseOfTheConfigurationMovesQueryAndSample() {
    RuleBench bench =
        new RuleBench("groups: [{name: g, query_offset: 30s, rules: [{record: n, expr: x}]}]");
    bench.engine.gives("x", Labels.EMPTY, 1);
    bench.minutes(1);

    long time = bench.storage.series.get(Labels.of("__name__", "n")).firstKey();
    assertThat(bench.engine.asked).containsExactly("x @ " + time);
    Instant last = bench.group().lastEvaluation().orElseThrow();
    assertThat(Duration.between(Instant.ofEpochMilli(time), last))
        .isBetween(Duration.ofSeconds(30), Duration.ofMillis(30_001));
  }

  @Test
  void groupsOfSeveralFilesAreShownByFileThenName() {
    RuleBench bench =
        new RuleBench(
            FakeConfiguration.of(
                Labels.EMPTY,
                List.of(),
                new RuleFile("b.yml", "groups: [{name: z}, {name: a}]"),
                new RuleFile("a.yml", "groups: [{name: z, interval: 5s}]")),
            new FakeStorage(),
            Instant.EPOCH);

    assertThat(bench.rules.groups())
        .extracting(g -> g.file() + " " + g.name() + " " + g.interval())
        .containsExactly("a.yml z PT5S", "b.yml a PT1M", "b.yml z PT1M");
  }
}
