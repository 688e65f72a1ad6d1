package io.narthex.rules.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.alerting.Alert;
import io.narthex.api.config.RuleFile;
import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.model.Labels;
import io.narthex.api.rules.ActiveAlert;
import io.narthex.api.rules.AlertState;
import io.narthex.api.rules.Rule;
import io.narthex.api.rules.RuleHealth;
import io.narthex.rules.internal.fake.FakeConfiguration;
import io.narthex.rules.internal.fake.FakeStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertingRulesTest {
  private static final String DOWN =
      """
      groups:
        - name: g
          rules:
            - alert: Down
              expr: up == 0
              for: 2m
              labels: {severity: page}
              annotations: {summary: "{{ $labels.job }} is {{ $value }}"}
      """;
  private static final Labels X = Labels.of("__name__", "up", "job", "x");
  private static final String[] PENDING = {
    "__name__",
    "ALERTS",
    "alertname",
    "Down",
    "alertstate",
    "pending",
    "job",
    "x",
    "severity",
    "page"
  };
  private static final String[] FIRING = {
    "__name__",
    "ALERTS",
    "alertname",
    "Down",
    "alertstate",
    "firing",
    "job",
    "x",
    "severity",
    "page"
  };
  private static final String[] CLOCK = {
    "__name__", "ALERTS_FOR_STATE", "alertname", "Down", "job", "x", "severity", "page"
  };

  /** A bench whose alerts have nothing to be restored any more. */
  private static RuleBench settled(String text) {
    RuleBench bench = new RuleBench(text);
    bench.engine.gives("up == 0");
    bench.minutes(3);
    return bench;
  }

  @Test
  void isUnknownThenInactiveThenPendingThenFiringThenInactive() {
    RuleBench bench = new RuleBench(DOWN);
    assertThat(state(bench)).isEqualTo(AlertState.UNKNOWN);
    assertThat(bench.rule(0).evaluations().health()).isEqualTo(RuleHealth.UNKNOWN);
    bench.engine.gives("up == 0");
    bench.minutes(3);
    assertThat(state(bench)).isEqualTo(AlertState.INACTIVE);

    bench.engine.gives("up == 0", X, 0);
    bench.minutes(1);
    assertThat(bench.alerts(0))
        .isEqualTo("pending{alertname=\"Down\", job=\"x\", severity=\"page\"}");
    assertThat(state(bench)).isEqualTo(AlertState.PENDING);
    long activeAt = bench.lastSlot() / 1000;
    bench.minutes(1);
    assertThat(state(bench)).isEqualTo(AlertState.PENDING);
    bench.minutes(1);
    assertThat(state(bench)).isEqualTo(AlertState.FIRING);
    bench.engine.gives("up == 0");
    bench.minutes(1);
    assertThat(state(bench)).isEqualTo(AlertState.INACTIVE);
    assertThat(bench.alerts(0)).isEmpty();

    assertThat(bench.values(PENDING)).containsExactly("1", "1", "stale");
    assertThat(bench.values(FIRING)).containsExactly("1", "stale");
    String since = "" + activeAt;
    assertThat(bench.values(CLOCK)).containsExactly(since, since, since, "stale");
  }

  private static AlertState state(RuleBench bench) {
    return ((Rule.Alerting) bench.rule(0)).state();
  }

  @Test
  void withoutForItFiresAtOnce() {
    RuleBench bench = settled("groups: [{name: g, rules: [{alert: Down, expr: up == 0}]}]");
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(1);

    assertThat(bench.alerts(0)).isEqualTo("firing{alertname=\"Down\", job=\"x\"}");
    assertThat(bench.sink.taken).hasSize(1);
  }

  @Test
  void whatIsTemplatedKnowsTheSampleAndTheServer() {
    String text =
        """
        groups:
          - name: g
            rules:
              - alert: Down
                expr: up == 0
                labels:
                  job: was-{{ $labels.job }}
                  metric: "{{ $labels.__name__ }}"
                  nothing: "{{ $labels.none }}"
                annotations:
                  value: "{{ $value }} at {{ now }}"
                  where: "{{ $externalLabels.region }} {{ $externalURL }}"
                  more: '{{ query "other" }}'
                  plain: 5
        """;
    RuleBench bench =
        new RuleBench(
            FakeConfiguration.of(
                Labels.of("region", "eu"), List.of(), new RuleFile("rules.yml", text)),
            new FakeStorage(),
            Instant.parse("2024-01-01T00:00:00Z"));
    bench.engine.gives("up == 0", X, 7);
    bench.engine.gives("other", Labels.EMPTY, 9);
    bench.minutes(1);

    ActiveAlert alert = ((Rule.Alerting) bench.rule(0)).alerts().getFirst();
    assertThat(alert.labels())
        .isEqualTo(Labels.of("alertname", "Down", "job", "was-x", "metric", "up"));
    assertThat(alert.annotations().get("value")).isEqualTo("7.0 at " + alert.activeAt());
    assertThat(alert.annotations().get("where")).startsWith("eu http://").endsWith(":9090");
    assertThat(alert.annotations().get("more")).isEqualTo("9.0");
    assertThat(alert.annotations().get("plain")).isEqualTo("5");
  }

  @Test
  void aTemplateThatFailsSaysSoInItsPlace() {
    RuleBench bench =
        settled(
            "groups: [{name: g, rules: [{alert: Down, expr: up == 0,"
                + " annotations: {a: \"{{ fail }}\", b: fine}}]}]");
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(1);

    ActiveAlert alert = ((Rule.Alerting) bench.rule(0)).alerts().getFirst();
    assertThat(alert.annotations().get("a"))
        .isEqualTo(
            "<error expanding template: error executing template __alert_Down: template:"
                + " __alert_Down:1:3: executing \"__alert_Down\" at <fail>: it failed>");
    assertThat(alert.annotations().get("b")).isEqualTo("fine");
  }

  @Test
  void sameLabelsTwiceAreAnErrorAndChangeNoAlert() {
    RuleBench bench =
        settled("groups: [{name: g, rules: [{alert: Down, expr: up == 0, labels: {job: same}}]}]");
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(1);
    bench.engine.gives("up == 0", X, 0, Labels.of("job", "y"), 0);
    bench.minutes(1);

    assertThat(bench.rule(0).evaluations().lastError())
        .isEqualTo("vector contains metrics with the same labelset after applying alert labels");
    assertThat(bench.alerts(0)).isEqualTo("firing{alertname=\"Down\", job=\"same\"}");
  }

  @Test
  void moreAlertsThanTheLimitAreNoneAtAll() {
    RuleBench bench =
        settled("groups: [{name: g, limit: 1, rules: [{alert: Down, expr: up == 0}]}]");
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(1);
    bench.engine.gives("up == 0", X, 0, Labels.of("job", "y"), 0);
    bench.minutes(1);

    assertThat(bench.rule(0).evaluations().lastError())
        .isEqualTo("exceeded limit of 1 with 2 alerts");
    assertThat(bench.alerts(0)).isEmpty();
  }

  @Test
  void aFailedEvaluationKeepsAlertsAndClocks() {
    RuleBench bench = settled(DOWN);
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(2);
    bench.engine.fails("up == 0");
    bench.minutes(1);
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(1);

    assertThat(state(bench)).isEqualTo(AlertState.FIRING);
    assertThat(bench.values(PENDING)).containsExactly("1", "1", "stale");
  }

  @Test
  void aFiringAlertIsSentAtOnceAndAgainAfterTheDelayAndItsEndForAWhile() {
    RuleBench bench = settled(DOWN);
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(2);
    assertThat(bench.sink.taken).isEmpty();
    bench.minutes(1);
    long firedAt = bench.lastSlot();

    assertThat(bench.sink.taken)
        .containsExactly(
            new Alert(
                Labels.of("alertname", "Down", "job", "x", "severity", "page"),
                Labels.of("summary", "x is 0.0"),
                firedAt,
                firedAt + 4 * 60_000,
                bench.sink.taken.getFirst().generatorUrl()));
    assertThat(bench.sink.taken.getFirst().generatorUrl())
        .startsWith("http://")
        .endsWith(":9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1");

    // Sent a minute ago is not yet longer ago than the delay.
    bench.minutes(1);
    assertThat(bench.sink.taken).hasSize(1);
    bench.minutes(1);
    assertThat(bench.sink.taken).hasSize(2);
    assertThat(bench.sink.taken.getLast().startsAt()).isEqualTo(firedAt);
    assertThat(bench.sink.taken.getLast().endsAt()).isEqualTo(bench.lastSlot() + 4 * 60_000);

    bench.engine.gives("up == 0");
    bench.minutes(1);
    long resolvedAt = bench.lastSlot();
    assertThat(bench.sink.taken).hasSize(3);
    assertThat(bench.sink.taken.getLast().endsAt()).isEqualTo(resolvedAt);
    bench.minutes(30);
    assertThat(bench.sink.taken).allMatch(alert -> alert.endsAt() >= resolvedAt);
    assertThat(bench.sink.taken.subList(2, bench.sink.taken.size()))
        .hasSize(8)
        .allMatch(alert -> alert.endsAt() == resolvedAt);
  }

  @Test
  void anAlertThatComesBackIsANewOne() {
    RuleBench bench = settled("groups: [{name: g, rules: [{alert: Down, expr: up == 0}]}]");
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(1);
    bench.engine.gives("up == 0");
    bench.minutes(1);
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(1);

    assertThat(bench.sink.taken).hasSize(3);
    assertThat(bench.sink.taken.get(2).startsAt()).isEqualTo(bench.lastSlot());
    assertThat(bench.sink.taken.get(2).endsAt()).isGreaterThan(bench.lastSlot());
  }

  @Test
  void itKeepsFiringForAWhile() {
    RuleBench bench =
        settled("groups: [{name: g, rules: [{alert: Down, expr: up == 0, keep_firing_for: 2m}]}]");
    bench.engine.gives("up == 0", X, 5);
    bench.minutes(1);
    bench.engine.gives("up == 0");
    bench.minutes(1);
    Instant since = Instant.ofEpochMilli(bench.lastSlot());
    ActiveAlert kept = ((Rule.Alerting) bench.rule(0)).alerts().getFirst();
    assertThat(kept.state()).isEqualTo(AlertState.FIRING);
    assertThat(Duration.between(since, kept.keepFiringSince().orElseThrow()))
        .isLessThan(Duration.ofMillis(1));
    assertThat(kept.value()).isEqualTo(5);
    bench.minutes(1);
    assertThat(state(bench)).isEqualTo(AlertState.FIRING);
    bench.minutes(1);
    assertThat(state(bench)).isEqualTo(AlertState.INACTIVE);
  }

  @Test
  void externalLabelsAreOnWhatIsSentButNotOnWhatIsStored() {
    RuleBench bench =
        new RuleBench(
            FakeConfiguration.of(
                Labels.of("region", "eu", "job", "never"),
                List.of(),
                new RuleFile(
                    "rules.yml", "groups: [{name: g, rules: [{alert: Down, expr: up == 0}]}]")),
            new FakeStorage(),
            Instant.EPOCH);
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(3);

    assertThat(bench.sink.taken.getFirst().labels())
        .isEqualTo(Labels.of("alertname", "Down", "job", "x", "region", "eu"));
    assertThat(bench.storage.series.keySet()).noneMatch(labels -> labels.has("region"));
  }

  private static RuleBench asking(String action) {
    RuleBench bench =
        settled(
            """
            groups:
              - name: g
                rules:
                  - alert: Down
                    expr: up == 0
                    labels: {more: '{{ %s "other" }}'}
            """
                .formatted(action));
    bench.engine.gives("up == 0", X, 0);
    bench.engine.gives("other", Labels.EMPTY, 9);
    bench.minutes(1);
    assertThat(bench.alerts(0)).isEqualTo("firing{alertname=\"Down\", job=\"x\", more=\"9.0\"}");
    assertThat(bench.sink.taken).hasSize(1);
    return bench;
  }

  /** Else the alert would get another label, and be resolved under the one that it had. */
  @ParameterizedTest
  @CsvSource({
    "query, UNAVAILABLE",
    "query, CANCELED",
    "tryQuery, UNAVAILABLE",
    "tryQuery, CANCELED"
  })
  void aQueryOfATemplateThatCannotBeRunNowFailsTheEvaluationAndKeepsAlerts(
      String action, ErrorKind kind) {
    RuleBench bench = asking(action);
    bench.engine.fails("other", new ErrorCode("test/away", kind));
    bench.minutes(3);

    assertThat(bench.rule(0).evaluations().lastError()).isEqualTo("no value for other");
    assertThat(bench.alerts(0)).isEqualTo("firing{alertname=\"Down\", job=\"x\", more=\"9.0\"}");
    assertThat(bench.sink.taken).hasSize(1);

    bench.engine.gives("other", Labels.EMPTY, 9);
    bench.minutes(1);
    assertThat(bench.rule(0).evaluations().lastError()).isEmpty();
    assertThat(bench.sink.taken.getLast().endsAt()).isGreaterThan(bench.lastSlot());
  }

  @Test
  void aTemplateThatCannotBeExpandedNowFailsTheEvaluation() {
    RuleBench bench =
        settled(
            "groups: [{name: g, rules: [{alert: Down, expr: up == 0,"
                + " annotations: {a: \"{{ away }}\"}}]}]");
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(1);

    assertThat(bench.rule(0).evaluations().lastError()).isEqualTo("the templates are away");
    assertThat(bench.alerts(0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "defect, java.lang.IllegalStateException: a defect",
    "overflow, java.lang.StackOverflowError"
  })
  void aDefectInATemplateIsToldInItsPlaceAndHitsNothingElse(String action, String said) {
    RuleBench bench =
        settled(
            ("groups: [{name: g, rules: [{alert: Down, expr: up == 0,"
                    + " annotations: {a: \"{{ %s }}\", b: fine}}]}]")
                .formatted(action));
    bench.engine.gives("up == 0", X, 0);
    bench.minutes(1);

    ActiveAlert alert = ((Rule.Alerting) bench.rule(0)).alerts().getFirst();
    assertThat(alert.annotations().get("a"))
        .isEqualTo("<error expanding template: panic expanding template __alert_Down: %s>", said);
    assertThat(alert.annotations().get("b")).isEqualTo("fine");
  }

  @Test
  void aRuleThatOverflowsTheStackDoesNotHitTheNext() {
    RuleBench bench =
        settled(
            "groups: [{name: g, rules: [{record: a, expr: deep}, {alert: Down, expr: up == 0}]}]");
    bench.engine.gives("up == 0", X, 0);
    bench.engine.atEachQuery =
        () -> {
          if (bench.engine.asked.getLast().startsWith("deep")) {
            throw new StackOverflowError();
          }
        };
    bench.minutes(1);

    assertThat(bench.rule(0).evaluations().lastError()).contains("StackOverflowError");
    assertThat(bench.alerts(1)).startsWith("firing");
  }
}
