package io.narthex.rules.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleFile;
import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelAction;
import io.narthex.api.relabel.RelabelRule;
import io.narthex.api.relabel.Relabelling;
import io.narthex.rules.internal.fake.DirectPool;
import io.narthex.rules.internal.fake.FakeConfiguration;
import io.narthex.rules.internal.fake.FakeEngine;
import io.narthex.rules.internal.fake.FakeSink;
import io.narthex.rules.internal.fake.FakeStorage;
import io.narthex.rules.internal.fake.FakeTemplates;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the rules need comes and goes. */
class DynamicsTest {
  private static final Labels X = Labels.of("job", "x");
  private static final String TEXT =
      """
      groups:
        - name: g
          rules:
            - alert: A
              expr: x
              for: 5m
              annotations: {summary: "{{ $labels.job }}"}
      """;
  private static final RelabelRule DROP_JOB =
      new RelabelRule(
          List.of(), ";", "job", 0, "", "$1", RelabelAction.LABELDROP, NameValidation.UTF8);
  private static final Relabelling RELABELLING =
      rules -> labels -> labels.filter(name -> !name.equals(rules.getFirst().regex()));

  private static RuleBench pending() {
    RuleBench bench = new RuleBench(TEXT);
    bench.engine.gives("x", X, 1);
    bench.minutes(4);
    assertThat(bench.alerts(0)).startsWith("pending");
    return bench;
  }

  @Test
  void whoFollowsAReloadWaitsUntilItsRulesAreEvaluated() {
    RuleBench bench = new RuleBench(TEXT);
    DirectPool reloads = bench.scope.pools.get("reload");
    reloads.holding = true;
    bench.reload("groups: [{name: other, rules: [{record: n, expr: x}]}]");

    CompletableFuture<Void> followed = bench.rules.follow(inForce(bench));
    assertThat(followed).isNotDone();
    assertThat(bench.group().name()).isEqualTo("g");
    reloads.runHeld();

    assertThat(followed).isCompleted();
    assertThat(bench.group().name()).isEqualTo("other");
    assertThat(bench.rules.follow(inForce(bench))).isNotDone();
  }

  @Test
  void whoFollowsAReloadDoesNotWaitForWhatIsAwayOrStops() {
    RuleBench bench = new RuleBench(TEXT);
    bench.rules.unbindExpressions(bench.expressions);
    assertThat(bench.rules.follow(inForce(bench))).isCompleted();

    bench.scope.pools.get("reload").holding = true;
    CompletableFuture<Void> waits = bench.rules.follow(inForce(bench));
    assertThat(waits).isNotDone();
    bench.rules.deactivate();

    assertThat(waits).isCompleted();
    assertThat(bench.rules.follow(inForce(bench))).isCompleted();
  }

  private static PrometheusConfig inForce(RuleBench bench) {
    return bench.configuration.get().orElseThrow();
  }

  @Test
  void withoutStorageEvaluationsAreMissedAndAlertsKeepTheirClocks() {
    RuleBench bench = pending();
    bench.rules.unbindStorage(bench.storage);
    assertThat(bench.storage.open).as("leases are given back").isEmpty();
    int asked = bench.engine.asked.size();
    bench.minutes(3);
    assertThat(bench.engine.asked).hasSize(asked);
    assertThat(bench.groupMetric("group_iterations_missed_total")).isEqualTo(3);
    assertThat(bench.alerts(0)).startsWith("pending");

    FakeStorage next = new FakeStorage();
    bench.rules.bindStorage(next);
    bench.minutes(1);

    assertThat(bench.alerts(0)).startsWith("firing");
    assertThat(next.open).hasSize(1);
    assertThat(next.series).isNotEmpty();
  }

  @Test
  void withoutEngineEvaluationsAreMissedAndAlertsKeepTheirClocks() {
    RuleBench bench = pending();
    bench.rules.unbindEngine(bench.engine);
    bench.minutes(3);
    assertThat(bench.groupMetric("group_iterations_missed_total")).isEqualTo(3);

    FakeEngine next = new FakeEngine();
    next.gives("x", X, 1);
    bench.rules.bindEngine(next);
    bench.minutes(1);

    assertThat(bench.alerts(0)).startsWith("firing");
  }

  @Test
  void aStorageThatStopsUnderAnEvaluationFailsItAndTheNextIsUsed() {
    RuleBench bench = pending();
    bench.storage.stopped = true;
    bench.minutes(1);
    assertThat(bench.rule(0).evaluations().lastError()).isEqualTo("the storage has stopped");
    FakeStorage next = new FakeStorage();
    bench.rules.bindStorage(next);
    bench.rules.unbindStorage(bench.storage);
    bench.minutes(1);

    assertThat(bench.alerts(0)).startsWith("firing");
    assertThat(next.series).isNotEmpty();
  }

  @Test
  void withoutTemplatesNoAlertChangesItsNameAndTheNextEngineCompilesAnew() {
    RuleBench bench = pending();
    bench.rules.unbindTemplates(bench.templates);
    bench.minutes(2);
    assertThat(bench.groupMetric("group_iterations_missed_total")).isEqualTo(2);

    FakeTemplates next = new FakeTemplates();
    bench.rules.bindTemplates(next);
    bench.minutes(1);

    assertThat(bench.alerts(0)).startsWith("firing");
    assertThat(next.compiled).isEqualTo(1);
  }

  @Test
  void rulesAreReadOnceThereIsWhatReadsThem() {
    RuleBench bench = new RuleBench("groups: []");
    bench.engine.gives("x", X, 1);
    bench.rules.unbindExpressions(bench.expressions);
    bench.reload(TEXT);
    bench.minutes(1);
    assertThat(bench.rules.groups()).isEmpty();

    bench.rules.bindExpressions(bench.expressions);
    bench.minutes(1);

    assertThat(bench.alerts(0)).startsWith("pending");
  }

  @Test
  void alertsAreKeptInTheirNewestStateUntilTheyAreTaken() {
    RuleBench bench = pending();
    bench.rules.unbindSink(bench.sink);
    bench.minutes(4);
    assertThat(bench.metric("narthex_rules_alerts_held")).isEqualTo(1);
    long firing = bench.lastSlot();
    FakeSink next = new FakeSink();
    bench.rules.bindSink(next);

    assertThat(next.taken)
        .singleElement()
        .satisfies(alert -> assertThat(alert.endsAt()).isGreaterThan(firing));
    assertThat(bench.metric("narthex_rules_alerts_held")).isZero();
    assertThat(bench.sink.taken).isEmpty();
  }

  @Test
  void aSinkThatTakesNothingNowIsAskedAgain() {
    RuleBench bench = pending();
    bench.sink.isAway = true;
    bench.minutes(3);
    assertThat(bench.sink.taken).isEmpty();

    bench.sink.isAway = false;
    bench.time.advance(java.time.Duration.ofSeconds(1));

    assertThat(bench.sink.taken).hasSize(1);
  }

  @Test
  void relabellingIsWaitedForIfItIsConfigured() {
    RuleBench bench =
        new RuleBench(
            FakeConfiguration.of(
                Labels.EMPTY,
                List.of(DROP_JOB),
                new RuleFile("rules.yml", "groups: [{name: g, rules: [{alert: A, expr: x}]}]")),
            new FakeStorage(),
            Instant.EPOCH);
    bench.engine.gives("x", X, 1);
    bench.minutes(1);
    assertThat(bench.sink.taken).isEmpty();

    bench.rules.bindRelabelling(RELABELLING);

    assertThat(bench.sink.taken)
        .singleElement()
        .satisfies(alert -> assertThat(alert.labels()).isEqualTo(Labels.of("alertname", "A")));
  }

  @Test
  void aBundleThatStopsEndsNoSeriesAndGivesItsLeasesBack() throws Exception {
    RuleBench bench = new RuleBench(TEXT);
    bench.engine.gives("x", X, 1);
    bench.minutes(4);
    int commits = bench.storage.commits;

    bench.rules.deactivate();
    bench.scope.close();
    bench.minutes(5);

    assertThat(bench.storage.commits).isEqualTo(commits);
    assertThat(bench.storage.open).isEmpty();
  }

  @Test
  void aGroupThatIsGoneButNotEndedGivesItsLeaseBackWhenTheBundleStops() throws Exception {
    RuleBench bench = pending();
    bench.reload("groups: []");
    bench.minutes(1);
    assertThat(bench.storage.open).as("its series are not ended yet").hasSize(1);

    bench.rules.deactivate();
    bench.scope.close();

    assertThat(bench.storage.open).isEmpty();
  }

  @Test
  void aGroupThatIsGoneAndCannotBeEndedGivesItsLeaseBack() {
    RuleBench bench = pending();
    bench.reload("groups: []");
    bench.rules.unbindEngine(bench.engine);
    bench.minutes(60);

    assertThat(bench.storage.open).isEmpty();
  }

  @Test
  void aGroupThatIsGoneIsEndedLaterIfNoThreadIsFree() {
    RuleBench bench = pending();
    String[] clock = {"__name__", "ALERTS_FOR_STATE", "alertname", "A", "job", "x"};
    bench.reload("groups: []");
    bench.scope.pools.get("evaluate").full = true;
    bench.minutes(3);
    bench.scope.pools.get("evaluate").full = false;
    assertThat(bench.values(clock)).doesNotContain("stale");
    bench.minutes(3);

    assertThat(bench.values(clock)).last().isEqualTo("stale");
    assertThat(bench.storage.open).isEmpty();
  }

  @Test
  void aStorageThatGoesDuringAnEvaluationIsNotTakenAgain() {
    RuleBench bench = pending();
    bench.engine.atEachQuery = () -> bench.rules.unbindStorage(bench.storage);
    bench.minutes(1);
    bench.engine.atEachQuery = () -> {};

    assertThat(bench.storage.open).isEmpty();
    assertThat(bench.rule(0).evaluations().lastError()).contains("stopped or replaced");
  }
}
