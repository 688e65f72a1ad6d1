package io.narthex.rules.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.rules.Rule;
import io.narthex.rules.internal.fake.FakeConfiguration;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;

/** A second server takes up the storage of the first. */
class RestoreTest {
  private static final Labels X = Labels.of("job", "x");
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final String FIVE = "groups: [{name: g, rules: [{alert: A, expr: x, for: 5m}]}]";
  private static final String[] CLOCK = {
    "__name__", "ALERTS_FOR_STATE", "alertname", "A", "job", "x"
  };
  private static final String[] ALERTS_FIRING = {
    "__name__", "ALERTS", "alertname", "A", "alertstate", "firing", "job", "x"
  };
  private static final String TEXT =
      """
      groups:
        - name: g
          rules:
            - alert: A
              expr: x
              for: 30m
              labels: {severity: page, at: "{{ $labels.job }}", none: ""}
      """;

  private static RuleBench first(String text, int minutes) {
    RuleBench bench = new RuleBench(text);
    bench.engine.gives("x");
    bench.minutes(3);
    bench.engine.gives("x", X, 1);
    bench.minutes(minutes);
    bench.rules.deactivate();
    return bench;
  }

  private static RuleBench second(String text, RuleBench first, Duration outage) {
    RuleBench bench = new RuleBench(text, first.storage, first.time.now().plus(outage));
    bench.engine.gives("x", X, 1);
    return bench;
  }

  private static Instant activeAt(RuleBench bench) {
    return ((Rule.Alerting) bench.rule(0)).alerts().getFirst().activeAt();
  }

  @Test
  void aPendingAlertWaitsForTheRestOfItsTimeWithoutTheOutage() {
    RuleBench first = first(TEXT, 11);
    Instant before = activeAt(first);
    RuleBench second = second(TEXT, first, Duration.ofMinutes(20));

    second.minutes(1);
    assertThat(activeAt(second)).isAfter(before);
    second.minutes(1);
    Instant restoredAt = second.time.now();

    assertThat(Duration.between(before, activeAt(second)))
        .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(23));
    assertThat(second.groupMetric("group_last_restore_duration_seconds")).isZero();
    second.minutes(18);
    assertThat(second.alerts(0)).startsWith("pending");
    second.minutes(3);
    assertThat(second.alerts(0)).startsWith("firing");
    assertThat(second.time.now()).isBefore(restoredAt.plus(Duration.ofMinutes(22)));
  }

  @Test
  void anAlertThatFiredFiresWithTheThirdEvaluation() {
    RuleBench first = first(TEXT, 40);
    assertThat(first.alerts(0)).startsWith("firing");
    RuleBench second = second(TEXT, first, Duration.ofMinutes(5));

    second.minutes(2);
    assertThat(second.alerts(0)).startsWith("pending");
    assertThat(activeAt(second).getEpochSecond()).isEqualTo(activeAt(first).getEpochSecond());
    second.minutes(1);
    assertThat(second.alerts(0)).startsWith("firing");
  }

  @Test
  void nearItsEndAnAlertWaitsForTheGracePeriod() {
    RuleBench first = first(TEXT, 28);
    RuleBench second = second(TEXT, first, Duration.ofMinutes(5));

    second.minutes(11);
    assertThat(second.alerts(0)).startsWith("pending");
    second.minutes(2);
    assertThat(second.alerts(0)).startsWith("firing");
  }

  @Test
  void untilThenNothingIsStoredThatWouldHideWhatIsToBeRestored() {
    RuleBench first = first(TEXT, 5);
    int commits = first.storage.series.size();
    String[] clock = {
      "__name__", "ALERTS_FOR_STATE", "alertname", "A", "at", "x", "job", "x", "severity", "page"
    };
    int samples = first.values(clock).size();
    RuleBench second = second(TEXT, first, Duration.ofMinutes(5));

    second.minutes(2);
    assertThat(second.values(clock)).hasSize(samples);
    assertThat(second.storage.series).hasSize(commits);
    second.minutes(1);
    assertThat(second.values(clock)).hasSize(samples + 1);
  }

  @Test
  void anOutageThatIsTooLongBeginsAnew() {
    RuleBench first = first(TEXT, 11);
    RuleBench second = second(TEXT, first, Duration.ofMinutes(70));

    second.minutes(3);

    assertThat(activeAt(second)).isAfter(second.time.now().minus(Duration.ofMinutes(4)));
  }

  @Test
  void anAlertThatWasResolvedBeginsAnew() {
    RuleBench first = new RuleBench(TEXT);
    first.engine.gives("x", X, 1);
    first.minutes(10);
    first.engine.gives("x");
    first.minutes(1);
    first.rules.deactivate();
    RuleBench second = second(TEXT, first, Duration.ofMinutes(1));

    second.minutes(3);

    assertThat(activeAt(second)).isAfter(second.time.now().minus(Duration.ofMinutes(4)));
  }

  @Test
  void aRuleWithAForBelowTheGracePeriodIsNotMadeToWaitForIt() {
    String text = "groups: [{name: g, rules: [{alert: A, expr: x, for: 9m}]}]";
    RuleBench first = first(text, 8);
    RuleBench second = second(text, first, Duration.ofMinutes(1));

    second.minutes(3);

    assertThat(activeAt(second)).isAfter(second.time.now().minus(Duration.ofMinutes(4)));
    second.minutes(8);
    assertThat(second.alerts(0)).startsWith("firing");
  }

  @Test
  void anotherAlertWithTheSameNameIsNotTakenForIt() {
    RuleBench first = first(TEXT, 11);
    RuleBench second = second(TEXT, first, Duration.ofMinutes(1));
    second.engine.gives("x", Labels.of("job", "y"), 1);

    second.minutes(3);

    assertThat(activeAt(second)).isAfter(second.time.now().minus(Duration.ofMinutes(4)));
  }

  @Test
  void evaluationsThatAreMissedDoNotCount() {
    RuleBench first = first(TEXT, 11);
    RuleBench second = second(TEXT, first, Duration.ofMinutes(1));
    second.rules.unbindStorage(second.storage);
    second.minutes(5);
    second.rules.bindStorage(second.storage);
    Instant before = activeAt(first);

    second.minutes(1);
    assertThat(activeAt(second)).isAfter(second.time.now().minus(Duration.ofMinutes(2)));
    second.minutes(1);
    assertThat(Duration.between(before, activeAt(second))).isLessThan(Duration.ofMinutes(10));
  }

  @Test
  void aReloadBeforeTheRestorationDoesNotLoseIt() {
    RuleBench first = first(TEXT, 11);
    RuleBench second = second(TEXT, first, Duration.ofMinutes(1));
    second.minutes(1);
    second.reload(TEXT + "        annotations: {a: b}\n");
    second.minutes(3);

    assertThat(((Rule.Alerting) second.rule(0)).annotations()).isEqualTo(Labels.of("a", "b"));
    assertThat(Duration.between(activeAt(first), activeAt(second)))
        .isLessThan(Duration.ofMinutes(5));
  }

  /**
   * Even where a restart of the server would make them wait: {@code for} is below the grace period.
   */
  @Test
  void anUpdateOfTheBundleLeavesClocksAsTheyAreAndFiresAtOnce() {
    String text = "groups: [{name: g, rules: [{alert: A, expr: x, for: 5m}]}]";
    RuleBench first = first(text, 7);
    RuleBench updated = updated(text, first);
    updated.minutes(1);

    assertThat(activeAt(updated).getEpochSecond()).isEqualTo(activeAt(first).getEpochSecond());
    assertThat(updated.alerts(0)).startsWith("firing");
    assertThat(updated.sink.taken).hasSize(1);
    assertThat(updated.values("__name__", "ALERTS_FOR_STATE", "alertname", "A", "job", "x"))
        .hasSize(8)
        .containsOnly("" + activeAt(first).getEpochSecond());
  }

  @Test
  void anAlertThatEndedDuringTheUpdateIsResolvedAndItsSeriesEnd() {
    RuleBench first = first(FIVE, 7);
    Instant activeAt = activeAt(first);
    RuleBench updated = updated(FIVE, first);
    updated.engine.gives("x");
    updated.minutes(1);

    assertThat(updated.alerts(0)).isEmpty();
    assertThat(updated.sink.taken)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.labels()).isEqualTo(Labels.of("alertname", "A", "job", "x"));
              assertThat(alert.startsAt())
                  .isEqualTo(1000 * activeAt.plus(Duration.ofMinutes(5)).getEpochSecond());
              assertThat(alert.endsAt()).isEqualTo(updated.lastSlot());
            });
    assertThat(updated.values(CLOCK)).last().isEqualTo("stale");
    assertThat(updated.values(ALERTS_FIRING)).last().isEqualTo("stale");
  }

  @Test
  void anAlertThatWasPendingBeforeAnUpdateAndEndedIsForgottenAndItsSeriesEnd() {
    RuleBench updated = updated(FIVE, first(FIVE, 3));
    updated.engine.gives("x");
    updated.minutes(1);

    assertThat(updated.alerts(0)).isEmpty();
    assertThat(updated.sink.taken).isEmpty();
    assertThat(updated.values(CLOCK)).last().isEqualTo("stale");
    assertThat(
            updated.values(
                "__name__", "ALERTS", "alertname", "A", "alertstate", "pending", "job", "x"))
        .last()
        .isEqualTo("stale");
  }

  @Test
  void anAlertThatFiredBeforeAnUpdateKeepsFiringForItsTime() {
    String text = "groups: [{name: g, rules: [{alert: A, expr: x, for: 5m, keep_firing_for: 3m}]}]";
    RuleBench updated = updated(text, first(text, 7));
    updated.engine.gives("x");
    updated.minutes(1);
    assertThat(updated.alerts(0)).startsWith("firing");
    updated.minutes(2);
    assertThat(updated.alerts(0)).startsWith("firing");
    updated.minutes(1);
    assertThat(updated.alerts(0)).isEmpty();
    assertThat(updated.sink.taken.getLast().endsAt()).isEqualTo(updated.lastSlot());
  }

  @Test
  void whileAnUpdateLastsAPendingAlertsClockStands() {
    RuleBench first = first(FIVE, 3);
    Instant before = activeAt(first);
    RuleBench updated = updated(FIVE, first, Duration.ofMinutes(20));
    updated.minutes(1);

    assertThat(updated.alerts(0)).startsWith("pending");
    assertThat(Duration.between(before, activeAt(updated)))
        .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(22));
    updated.minutes(4);
    assertThat(updated.alerts(0)).startsWith("firing");
  }

  @Test
  void theOffsetOfItsQueriesMakesNoAlertPendingThatFired() {
    String text = "groups: [{name: g, query_offset: 2m, rules: [{alert: A, expr: x, for: 5m}]}]";
    RuleBench first = first(text, 6);
    assertThat(first.alerts(0)).startsWith("firing");
    RuleBench updated = updated(text, first);
    updated.engine.gives("x");
    updated.minutes(1);

    assertThat(updated.sink.taken).hasSize(1);
  }

  /** Its alerts may be the other's, who still has them. */
  @Test
  void ofRulesWithOneNameNoneResolvesTheAlertsOfTheOther() {
    String text =
        """
        groups:
          - name: g
            rules:
              - {alert: A, expr: none, for: 5m}
              - {alert: A, expr: x, for: 5m}
        """;
    RuleBench first = new RuleBench(text);
    first.engine.gives("none");
    first.engine.gives("x", X, 1);
    first.minutes(10);
    first.rules.deactivate();
    RuleBench updated = updated(text, first);
    updated.engine.gives("none");
    updated.minutes(2);

    assertThat(updated.alerts(0)).isEmpty();
    assertThat(updated.alerts(1)).startsWith("firing");
    assertThat(updated.sink.taken).allMatch(alert -> alert.endsAt() > updated.lastSlot());
    assertThat(updated.values(CLOCK)).doesNotContain("stale");
  }

  @Test
  void ofRulesWithOneNameLabelsTellWhoseAnAlertIs() {
    String text =
        """
        groups:
          - name: g
            rules:
              - {alert: A, expr: none, for: 5m, labels: {severity: page}}
              - {alert: A, expr: x, for: 5m, labels: {severity: warning}}
        """;
    RuleBench first = new RuleBench(text);
    first.engine.gives("none");
    first.engine.gives("x", X, 1);
    first.minutes(10);
    first.rules.deactivate();
    RuleBench updated = updated(text, first);
    updated.engine.gives("none");
    updated.engine.gives("x");
    updated.minutes(1);

    assertThat(updated.sink.taken)
        .singleElement()
        .satisfies(alert -> assertThat(alert.labels().get("severity")).isEqualTo("warning"));
  }

  /** Its series has the template's text in place of the label. */
  @Test
  void aLabelWhoseTemplateGaveNothingDoesNotHideAnAlert() {
    String text =
        "groups: [{name: g, rules: [{alert: A, expr: x, for: 5m,"
            + " labels: {n: \"{{ $labels.none }}\"}}]}]";
    RuleBench updated = updated(text, first(text, 7));
    updated.minutes(1);

    assertThat(updated.alerts(0)).isEqualTo("firing{alertname=\"A\", job=\"x\"}");
    assertThat(updated.sink.taken).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"Infinity", "-Infinity", "1e17", "-1e17", "1e300", "NaN"})
  void aStoredClockThatIsNoTimeIsNone(double value) {
    RuleBench first = first(FIVE, 7);
    first.storage.add(Labels.of(CLOCK), first.time.now().toEpochMilli(), value);
    RuleBench updated = updated(FIVE, first);
    updated.minutes(1);
    assertThat(activeAt(updated)).isAfter(first.time.now());

    String longer = FIVE.replace("5m", "15m");
    RuleBench second = second(longer, first, Duration.ofMinutes(2));
    second.minutes(3);
    assertThat(activeAt(second)).isAfter(first.time.now());
    assertThat(second.alerts(0)).startsWith("pending");
    second.minutes(15);
    assertThat(second.alerts(0)).startsWith("firing");
  }

  @Test
  void aStoredClockThatIsNoTimeHidesNoOther() {
    String longer = FIVE.replace("5m", "15m");
    RuleBench first = first(longer, 7);
    Labels absurd = Labels.of("__name__", "ALERTS_FOR_STATE", "alertname", "A", "job", "absurd");
    first.storage.add(absurd, first.time.now().toEpochMilli(), 1e17);
    RuleBench updated = updated(longer, first);
    updated.minutes(1);

    assertThat(updated.alerts(0)).isEqualTo("pending{alertname=\"A\", job=\"x\"}");
    assertThat(activeAt(updated).getEpochSecond()).isEqualTo(activeAt(first).getEpochSecond());
  }

  @ParameterizedTest
  @ValueSource(ints = {Bundle.STARTING, Bundle.ACTIVE})
  void aDefectInRestoringARuleHitsNoOther(int framework) {
    String text =
        """
        groups:
          - name: g
            rules:
              - {alert: A, expr: x, for: 30m}
              - {alert: B, expr: x, for: 30m}
        """;
    RuleBench first = first(text, 11);
    RuleBench second =
        new RuleBench(FakeConfiguration.of(text), first.storage, first.time.now(), framework);
    second.engine.gives("x", X, 1);
    second.storage.failingReads = 1;
    second.minutes(3);

    assertThat(activeAt(second)).isAfter(first.time.now());
    Instant other = ((Rule.Alerting) second.rule(1)).alerts().getFirst().activeAt();
    assertThat(other).isBefore(first.time.now());
    int commits = second.storage.commits;
    second.minutes(28);
    assertThat(second.alerts(0)).startsWith("firing");
    assertThat(second.storage.commits).isEqualTo(commits + 2 * 28);
  }

  /** The old one restores after the evaluation during which the reload comes. */
  @Test
  void aReloadDuringTheRestorationDoesNotRestoreTwice() {
    RuleBench first = first(TEXT, 11);
    RuleBench second = second(TEXT, first, Duration.ofMinutes(1));
    String[] clock = {
      "__name__", "ALERTS_FOR_STATE", "alertname", "A", "at", "x", "job", "x", "severity", "page"
    };
    int before = second.values(clock).size();
    second.minutes(1);
    second.engine.atEachQuery =
        () -> {
          second.engine.atEachQuery = () -> {};
          second.reload(TEXT + "        annotations: {a: b}\n");
        };
    second.minutes(1);
    second.minutes(1);

    assertThat(((Rule.Alerting) second.rule(0)).annotations()).isEqualTo(Labels.of("a", "b"));
    assertThat(second.values(clock)).hasSize(before + 1);
  }

  private static RuleBench updated(String text, RuleBench first) {
    return updated(text, first, Duration.ZERO);
  }

  private static RuleBench updated(String text, RuleBench first, Duration away) {
    RuleBench bench =
        new RuleBench(
            FakeConfiguration.of(text), first.storage, first.time.now().plus(away), Bundle.ACTIVE);
    bench.engine.gives("x", X, 1);
    return bench;
  }

  @Test
  void groupsThatComeWithALaterReloadHaveNothingToRestore() {
    RuleBench first = first(TEXT, 11);
    RuleBench second =
        new RuleBench("groups: []", first.storage, START.plus(Duration.ofMinutes(20)));
    second.engine.gives("x", X, 1);
    second.reload(TEXT);
    second.minutes(1);

    assertThat(
            second.values(
                "__name__",
                "ALERTS",
                "alertname",
                "A",
                "alertstate",
                "pending",
                "at",
                "x",
                "job",
                "x",
                "severity",
                "page"))
        .hasSize(12);
  }
}
