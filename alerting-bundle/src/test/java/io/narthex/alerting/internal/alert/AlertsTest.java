package io.narthex.alerting.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.alerting.internal.FakeLoop;
import io.narthex.alerting.internal.FakeMetrics;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertsTest {
  private final FakeLoop clock = new FakeLoop();
  private final AlertStore store = new AlertStore(clock, 3);
  private final FakeMetrics metrics = new FakeMetrics();
  private final AlertIntake intake = new AlertIntake(store, clock, metrics);

  private static StoredAlert alert(
      String name, long start, long end, long updated, boolean timeout) {
    return StoredAlert.of(
        Labels.of("alertname", name), Labels.EMPTY, start, end, updated, timeout, "");
  }

  @ParameterizedTest
  @CsvSource({
    "'', cbf29ce484222325",
    "a=b, d2b371819297f98a",
    "alertname=Down;instance=h:1, ebe343688a950ace",
    "job=x;alertname=Größe, dc724e0a0803479c",
  })
  void fingerprintsAreUpstreams(String labels, String fingerprint) {
    Labels set = labels.isEmpty() ? Labels.EMPTY : Labels.of(labels.split("[=;]"));

    assertThat(Fingerprint.text(Fingerprint.of(set))).isEqualTo(fingerprint);
  }

  /** Times in minutes from now; the second was received a minute after the first. */
  @ParameterizedTest
  @CsvSource({
    "-2, 2, true,  -1, 3, true,  -2, 3",
    "-1, 3, true,   0, 2, false, -1, 2",
    "-1, 3, false,  0, 2, true,  -1, 3",
    "-1, 3, false,  0, 2, false, -1, 3",
    "-1, 3, false, -1, 4, false, -1, 4",
    "-3, -1, false, -2, 1, false, -3, 1",
    "-2, 3, false, -2, 0, false, -2, 0",
    "-3, -1, false, -4, -2, false, -4, -1",
  })
  void mergingTakesTheEarliestStartAndUpstreamsEnd(
      long start1,
      long end1,
      boolean timeout1,
      long start2,
      long end2,
      boolean timeout2,
      long start,
      long end) {
    long minute = 60_000;
    long now = 1_000 * minute;
    StoredAlert first = alert("A", now + start1 * minute, now + end1 * minute, now, timeout1);
    StoredAlert second =
        alert("A", now + start2 * minute, now + end2 * minute, now + minute, timeout2);

    StoredAlert expected =
        alert("A", now + start * minute, now + end * minute, now + minute, timeout2);
    assertThat(first.merge(second, now)).isEqualTo(expected);
    assertThat(second.merge(first, now)).isEqualTo(expected);
  }

  @Test
  void alertsAreOrderedByJobThenInstanceThenLabels() {
    List<Labels> ordered =
        List.of(
            Labels.of("job", "j1", "instance", "i1", "alertname", "an1"),
            Labels.of("job", "j1", "instance", "i1", "alertname", "an2"),
            Labels.of("job", "j1", "alertname", "an0"),
            Labels.of("job", "j2", "instance", "i1", "alertname", "an1"),
            Labels.of("alertname", "an1"),
            Labels.of("alertname", "an2"),
            Labels.of("alertname", "an0", "z", "1"));
    List<StoredAlert> alerts =
        new ArrayList<>(
            ordered.stream()
                .map(labels -> StoredAlert.of(labels, Labels.EMPTY, 0, 1, 0, false, ""))
                .toList());
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(alerts, new Random(seed));
      alerts.sort(AlertOrder.ALERTS);
      assertThat(alerts).extracting(StoredAlert::labels).isEqualTo(ordered);
    }
  }

  @Test
  void whatComesAgainIsOneAlert() {
    long now = clock.wallMillis();
    store.put(List.of(alert("A", now - 10, now + 10_000, now, false)));
    store.put(List.of(alert("A", now, now + 20_000, now + 1, false)));

    assertThat(store.snapshot())
        .containsExactly(alert("A", now - 10, now + 20_000, now + 1, false));
  }

  @Test
  void whatComesAgainAfterItsEndIsANewOne() {
    long now = clock.wallMillis();
    store.put(List.of(alert("A", now - 100, now - 50, now, false)));
    store.put(List.of(alert("A", now, now + 1000, now, false)));

    assertThat(store.snapshot()).containsExactly(alert("A", now, now + 1000, now, false));
  }

  @Test
  void aFullStoreRefusesNewAlertsAndTakesKnownOnes() {
    long now = clock.wallMillis();
    store.put(
        List.of(
            alert("A", now, now + 10, now, false),
            alert("B", now, now + 10, now, false),
            alert("C", now, now + 10, now, false)));

    assertThatThrownBy(
            () ->
                store.put(
                    List.of(
                        alert("D", now, now + 10, now, false),
                        alert("C", now, now + 99, now, false))))
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(AlertStore.FULL))
        .hasMessage(
            "1 of 2 alerts were not taken: there are 3 already that are not over, which is the"
                + " limit; it grows with the heap, which NARTHEX_JAVA_OPTS=-Xmx<size> sets");
    assertThat(store.snapshot())
        .extracting(StoredAlert::name, StoredAlert::endsAt)
        .contains(org.assertj.core.api.Assertions.tuple("C", now + 99));
  }

  @Test
  void aFullStoreForgetsWhatIsOverForNewAlerts() {
    List<String> collected = new ArrayList<>();
    store.subscribe(
        new AlertStore.Listener() {
          @Override
          public void received(List<StoredAlert> alerts) {}

          @Override
          public void collected(List<StoredAlert> alerts) {
            alerts.forEach(alert -> collected.add(alert.name()));
          }
        });
    long now = clock.wallMillis();
    store.put(
        List.of(
            alert("A", now, now + 10, now, false),
            alert("B", now, now + 10, now, false),
            alert("C", now, now + 99, now, false)));
    clock.pass(Duration.ofMillis(20));
    store.put(List.of(alert("C", now, now + 199, now, false)));
    assertThat(collected).as("all of them fit").isEmpty();

    store.put(List.of(alert("D", now, now + 1000, now, false)));

    assertThat(store.snapshot()).extracting(StoredAlert::name).containsExactly("C", "D");
    assertThat(collected).containsExactly("A", "B");
  }

  @Test
  void listenersHearOfAllAlertsAndAFailingOneDisturbsNobody() {
    List<String> heard = new ArrayList<>();
    long now = clock.wallMillis();
    store.put(List.of(alert("A", now, now + 10, now, false)));
    store.subscribe(
        alerts -> {
          if (alerts.getFirst().name().equals("B")) {
            throw new IllegalStateException("broken");
          }
        });
    AlertStore.Subscription subscription =
        store.subscribe(
            new AlertStore.Listener() {
              @Override
              public void received(List<StoredAlert> alerts) {
                alerts.forEach(alert -> heard.add(alert.name()));
              }

              @Override
              public void collected(List<StoredAlert> alerts) {
                alerts.forEach(alert -> heard.add("-" + alert.name()));
              }
            });
    store.put(List.of(alert("B", now, now + 10_000, now, false)));
    clock.pass(Duration.ofSeconds(1));
    store.collect();
    subscription.close();
    store.put(List.of(alert("C", now, now + 10_000, now, false)));

    assertThat(heard).containsExactly("A", "B", "-A");
  }

  private static PostedAlert posted(Map<String, String> labels, long start, long end) {
    return new PostedAlert(
        labels,
        Map.of(),
        start == 0 ? OptionalLong.empty() : OptionalLong.of(start),
        end == 0 ? OptionalLong.empty() : OptionalLong.of(end),
        "");
  }

  @Test
  void timesThatAreNotGivenFollowFromNow() {
    long now = clock.wallMillis();
    long later = now + 5 * 60_000;
    Map<String, String> labels = Map.of("alertname", "A");

    assertThat(
            intake.accept(
                List.of(
                    posted(labels, 0, 0),
                    posted(Map.of("alertname", "B", "empty", ""), 0, now - 5),
                    posted(Map.of("alertname", "C"), now - 10, 0)),
                Duration.ofMinutes(5)))
        .isEmpty();

    assertThat(store.snapshot())
        .containsExactly(
            alert("A", now, later, now, true),
            alert("B", now - 5, now - 5, now, false),
            alert("C", now - 10, later, now, true));
    assertThat(metrics.value("alertmanager_alerts_received_total{firing,v2}")).isEqualTo(2);
    assertThat(metrics.value("alertmanager_alerts_received_total{resolved,v2}")).isEqualTo(1);
  }

  @Test
  void whatIsWrongIsSaidInUpstreamsWordsAndTheRestIsTaken() {
    long now = clock.wallMillis();

    List<String> problems =
        intake.accept(
            List.of(
                posted(Map.of("alertname", "A"), now, now - 1),
                posted(Map.of(), now, 0),
                posted(Map.of("a", ""), now, 0),
                posted(Map.of("", "b"), now, 0),
                posted(Map.of("a", "\ud800"), now, 0),
                posted(Map.of("alertname", "B"), now, 0)),
            Duration.ofMinutes(5));

    assertThat(problems)
        .hasSize(5)
        .startsWith(
            "start time must be before end time",
            "at least one label pair required",
            "at least one label pair required",
            "invalid label set: invalid name \"\"");
    assertThat(problems.getLast()).startsWith("invalid label set: invalid value ");
    assertThat(store.snapshot()).extracting(StoredAlert::name).containsExactly("B");
    assertThat(metrics.value("alertmanager_alerts_invalid_total{v2}")).isEqualTo(5);
  }
}
