package io.narthex.rules.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.RuleFile;
import io.narthex.api.model.Labels;
import io.narthex.api.rules.RuleGroup;
import io.narthex.rules.internal.fake.FakeConfiguration;
import io.narthex.rules.internal.fake.FakeStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReloadTest {
  private static final Labels X = Labels.of("job", "x");
  private static final String ALERT =
      "groups: [{name: g, rules: [{alert: A, expr: x, for: 5m%s}]}]";

  private static RuleBench bench(String text) {
    RuleBench bench = new RuleBench(text);
    bench.engine.gives("x", X, 1);
    bench.engine.gives("y", X, 2);
    return bench;
  }

  @Test
  void aGroupThatSaysTheSameGoesOnUndisturbed() {
    RuleBench bench = bench(ALERT.formatted(""));
    bench.minutes(4);
    int asked = bench.engine.asked.size();

    bench.reload("# a comment\n" + ALERT.formatted(""));
    bench.minutes(1);

    assertThat(bench.engine.asked).hasSize(asked + 1);
    assertThat(bench.alerts(0)).startsWith("pending");
    bench.minutes(1);
    assertThat(bench.alerts(0)).startsWith("firing");
  }

  @Test
  void aRuleThatChangedKeepsItsAlerts() {
    RuleBench bench = bench(ALERT.formatted(""));
    bench.minutes(5);

    bench.reload(ALERT.formatted(", annotations: {summary: new}"));
    assertThat(bench.alerts(0)).startsWith("pending");
    bench.minutes(1);

    assertThat(bench.alerts(0)).startsWith("firing");
    assertThat(bench.sink.taken.getFirst().annotations()).isEqualTo(Labels.of("summary", "new"));
    assertThat(bench.values("__name__", "ALERTS_FOR_STATE", "alertname", "A", "job", "x"))
        .doesNotContain("stale");
  }

  @Test
  void anAlertWhoseForGrowsIsPendingAgain() {
    RuleBench bench = bench("groups: [{name: g, rules: [{alert: A, expr: x, for: 1m}]}]");
    bench.minutes(3);
    assertThat(bench.alerts(0)).startsWith("firing");

    bench.reload("groups: [{name: g, rules: [{alert: A, expr: x, for: 1h}]}]");
    bench.minutes(1);

    assertThat(bench.alerts(0)).startsWith("pending");
  }

  @Test
  void anAlertOfAnotherNameBeginsAnewAndTheOldOnesSeriesEnd() {
    RuleBench bench = bench(ALERT.formatted(""));
    bench.minutes(4);

    bench.reload("groups: [{name: g, rules: [{alert: B, expr: x, for: 5m}]}]");
    bench.minutes(1);

    assertThat(bench.alerts(0)).startsWith("pending{alertname=\"B\"");
    assertThat(bench.values("__name__", "ALERTS_FOR_STATE", "alertname", "A", "job", "x"))
        .last()
        .isEqualTo("stale");
  }

  @Test
  void ofSeveralRulesWithTheSameNameAndLabelsTheFirstTakesOverFromTheFirst() {
    RuleBench bench =
        bench("groups: [{name: g, rules: [{record: n, expr: x}, {record: m, expr: x}]}]");
    bench.minutes(1);

    bench.reload("groups: [{name: g, rules: [{record: m, expr: y}, {record: n, expr: x}]}]");
    bench.minutes(1);
    assertThat(bench.values("__name__", "n", "job", "x")).containsExactly("1", "1");
    assertThat(bench.values("__name__", "m", "job", "x")).containsExactly("1", "2");

    bench.reload("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.minutes(1);
    assertThat(bench.values("__name__", "n", "job", "x")).containsExactly("1", "1", "1");
    assertThat(bench.values("__name__", "m", "job", "x")).containsExactly("1", "2", "stale");
  }

  @Test
  void theSeriesOfAGroupThatIsGoneEndAfterTwoIntervalsAtTheTimeItWent() {
    RuleBench bench = bench("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.minutes(1);
    bench.time.advance(Duration.ofSeconds(10));
    long went = bench.time.wallMillis();

    bench.reload("groups: []");
    assertThat(bench.rules.groups()).isEmpty();
    bench.time.advance(Duration.ofSeconds(119));
    assertThat(bench.values("__name__", "n", "job", "x")).containsExactly("1");
    bench.time.advance(Duration.ofSeconds(1));

    assertThat(bench.values("__name__", "n", "job", "x")).containsExactly("1", "stale");
    assertThat(bench.storage.series.get(Labels.of("__name__", "n", "job", "x")).lastKey())
        .isEqualTo(went);
    assertThat(bench.storage.open).isEmpty();
  }

  @Test
  void theMetricsOfAGroupThatIsGoneAreForgotten() {
    RuleBench bench =
        bench(
            """
            groups:
            - {name: g, rules: [{record: n, expr: x}]}
            - {name: stays, rules: [{record: m, expr: x}]}
            """);
    bench.minutes(1);
    assertThat(metricsOf(bench, "g")).hasSize(10);

    bench.reload("groups: [{name: stays, rules: [{record: m, expr: x}]}]");
    assertThat(metricsOf(bench, "g")).isEmpty();
    assertThat(metricsOf(bench, "stays")).hasSize(10);

    bench.reload("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.minutes(2);
    assertThat(bench.groupMetric("group_iterations_total")).isEqualTo(2);
    assertThat(metricsOf(bench, "stays")).isEmpty();
  }

  @Test
  void theMetricsOfAGroupThatChangedGoOn() {
    RuleBench bench = bench("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.minutes(2);

    bench.reload("groups: [{name: g, rules: [{record: n, expr: y}]}]");
    bench.reload("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.minutes(1);

    assertThat(bench.groupMetric("group_iterations_total")).isEqualTo(3);
    assertThat(bench.groupMetric("group_rules")).isEqualTo(1);
  }

  private static List<String> metricsOf(RuleBench bench, String group) {
    return bench.scope.metrics.values.keySet().stream()
        .filter(name -> name.endsWith("[rules.yml;" + group + "]"))
        .toList();
  }

  @Test
  void seriesThatAnotherGroupHasTakenOnGoOn() {
    RuleBench bench = bench("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.minutes(1);

    bench.reload("groups: [{name: other, rules: [{record: n, expr: y}]}]");
    bench.minutes(4);

    assertThat(bench.values("__name__", "n", "job", "x"))
        .hasSizeGreaterThan(3)
        .doesNotContain("stale");
  }

  @Test
  void theEndOfSeriesWaitsForAStorage() {
    RuleBench bench = bench("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.minutes(1);
    bench.reload("groups: []");
    bench.rules.unbindStorage(bench.storage);
    bench.minutes(3);
    bench.rules.bindStorage(bench.storage);
    bench.minutes(2);

    assertThat(bench.values("__name__", "n", "job", "x")).containsExactly("1", "stale");
  }

  @Test
  void aBadFileLeavesTheRulesThatAreThere() {
    RuleBench bench = bench("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.minutes(1);

    bench.reload("groups: [{name: g, rules: [{record: n, expr: x(}]}]");
    bench.minutes(1);

    assertThat(bench.values("__name__", "n", "job", "x")).containsExactly("1", "1");
  }

  @Test
  void anotherDefaultIntervalIsTakenUp() {
    RuleBench bench = bench("groups: [{name: g, rules: [{record: n, expr: x}]}]");
    bench.minutes(1);

    bench.configuration.publish(
        FakeConfiguration.of(
            Duration.ofSeconds(10),
            Labels.EMPTY,
            List.of(),
            new RuleFile("rules.yml", "groups: [{name: g, rules: [{record: n, expr: x}]}]")));
    bench.minutes(1);

    assertThat(bench.group().interval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(bench.values("__name__", "n", "job", "x")).hasSize(7);
  }

  @Test
  void aReloadDuringAnEvaluationWaitsForTheRuleThatIsEvaluated() {
    RuleBench bench =
        bench("groups: [{name: g, rules: [{record: n, expr: x}, {record: m, expr: y}]}]");
    bench.engine.atEachQuery =
        () -> {
          bench.engine.atEachQuery = () -> {};
          bench.reload("groups: [{name: g, rules: [{record: n, expr: y}]}]");
          bench.reload("groups: [{name: g, rules: [{record: n, expr: x, labels: {a: b}}]}]");
        };
    bench.minutes(1);

    assertThat(bench.values("__name__", "n", "job", "x")).containsExactly("1");
    assertThat(bench.values("__name__", "m", "job", "x")).isEmpty();
    bench.minutes(1);
    assertThat(bench.values("__name__", "n", "job", "x")).containsExactly("1", "stale");
    assertThat(bench.values("__name__", "n", "a", "b", "job", "x")).containsExactly("1");
    assertThat(bench.rules.groups()).extracting(RuleGroup::name).containsExactly("g");
  }

  @Test
  void aTakeOverThatFailsDoesNotKeepTheGroupFromBeingEvaluated() {
    RuleBench bench = bench(ALERT.formatted(""));
    bench.minutes(4);
    bench.storage.closesFail = true;
    bench.reload(ALERT.formatted(", annotations: {summary: new}"));
    bench.storage.closesFail = false;
    int asked = bench.engine.asked.size();
    bench.minutes(2);

    assertThat(bench.engine.asked).hasSize(asked + 2);
    bench.reload(ALERT.formatted(", annotations: {summary: newer}"));
    bench.minutes(1);
    assertThat(bench.engine.asked).hasSize(asked + 3);
  }

  @Test
  void groupsWhoseFileAndNameReadTheSameTogetherAreTwo() {
    RuleBench bench =
        new RuleBench(
            FakeConfiguration.of(
                Labels.EMPTY,
                List.of(),
                new RuleFile("a;b", "groups: [{name: c, rules: [{record: r, expr: x}]}]"),
                new RuleFile("a", "groups: [{name: 'b;c', rules: [{record: r, expr: y}]}]")),
            new FakeStorage(),
            Instant.EPOCH);

    assertThat(bench.rules.groups()).extracting(RuleGroup::name).containsExactly("b;c", "c");
  }
}
