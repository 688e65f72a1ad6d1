package io.narthex.rules.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.rules.Rule;
import io.narthex.rules.internal.fake.FakeConfiguration;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** A second server takes up the storage of the first. */
class RestoreTest {
  private static final Labels X = Labels.of("job", "x");
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
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
  void anAlertThatEndedDuringTheUpdateIsGone() {
    String text = "groups: [{name: g, rules: [{alert: A, expr: x, for: 5m}]}]";
    RuleBench updated = updated(text, first(text, 7));
    updated.engine.gives("x");
    updated.minutes(1);

    assertThat(updated.alerts(0)).isEmpty();
    assertThat(updated.sink.taken).isEmpty();
  }

  private static RuleBench updated(String text, RuleBench first) {
    RuleBench bench =
        new RuleBench(FakeConfiguration.of(text), first.storage, first.time.now(), Bundle.ACTIVE);
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
