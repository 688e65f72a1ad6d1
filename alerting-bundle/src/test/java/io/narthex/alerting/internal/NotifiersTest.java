package io.narthex.alerting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.alerting.internal.notify.NotifierRegistration;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of notifications when notifiers come, go, hang and fail. */
class NotifiersTest {
  private static final String CONFIG =
      """
      route:
        receiver: all
        group_by: [alertname]
        group_wait: 30s
        group_interval: 5m
        repeat_interval: 1h
      receivers:
        - name: all
          page_configs: [{}]
          mail_configs: [{send_resolved: true}]
      """;

  private static final String FAST =
      CONFIG.replace("group_wait: 30s", "group_wait: 1s").replace("5m", "2s");

  private final Scenario scenario = new Scenario(CONFIG);
  private final FakeNotifier page = notifier(scenario, "page");

  private static FakeNotifier notifier(Scenario scenario, String kind) {
    FakeNotifier notifier = scenario.notifiers.get(kind);
    assertThat(notifier).isNotNull();
    return notifier;
  }

  private static double failed(Scenario scenario, FailureReason reason) {
    return scenario.metrics.value(
        "alertmanager_notifications_failed_total{page,all,%s}".formatted(reason.label()));
  }

  @Test
  void aNotificationWaitsForItsNotifierAndComesOnceWhenItIsBack() {
    scenario.run(
        """
        0s away page
        1s fire A
        3m back page
        20m end
        """);

    assertThat(scenario.told)
        .containsExactly("31s mail A (first notification)", "3m page A (first notification)");
    assertThat(failed(scenario, FailureReason.CONTEXT_DEADLINE_EXCEEDED)).isZero();
  }

  @Test
  void aNotificationWaitsLongerThanAnInterval() {
    scenario.run(
        """
        0s away page
        1s fire A
        17m back page
        40m end
        """);

    assertThat(scenario.told)
        .containsExactly("31s mail A (first notification)", "17m page A (first notification)");
    assertThat(failed(scenario, FailureReason.CONTEXT_DEADLINE_EXCEEDED)).isZero();
  }

  @Test
  void whatWaitsIsToldAsItIsThen() {
    scenario.run(
        """
        0s away page
        1s fire A n=1
        2m fire A n=2
        12m back page
        40m end
        """);

    assertThat(scenario.told)
        .containsExactly(
            "31s mail A1 (first notification)",
            "5m31s mail A1,A2 (new alerts added)",
            "12m page A1,A2 (first notification)");
  }

  @Test
  void aResolutionWaitsForItsNotifier() {
    scenario.run(
        """
        0s fire A
        1m away page
        2m resolve A
        33m back page
        50m end
        """);

    assertThat(scenario.told)
        .containsExactly(
            "30s page A (first notification)",
            "30s mail A (first notification)",
            "5m30s mail -A (all alerts resolved)",
            "33m page -A (all alerts resolved)");
    assertThat(scenario.engine.running().orElseThrow().dispatcher().groups()).isEmpty();
  }

  @Test
  void aNotifierIsMadeAnewByTheFactoryThatCame() {
    scenario.run("0s fire A\n1m away page\n2m back page\n2m1s fire B started=-1h\n3m end");

    assertThat(page.made).isEqualTo(2);
    assertThat(scenario.told).contains("2m1s page B (first notification)");
  }

  @Test
  void whatArrivedIsNotToldAgainWhateverTheGuardSays() {
    scenario.guard.lostAnswers = 2;

    scenario.run("0s fire A\n50m end");

    assertThat(scenario.told)
        .containsExactly("30s page A (first notification)", "30s mail A (first notification)");
  }

  @Test
  void aGuardThatThrowsOnlyDelaysTheNotification() {
    scenario.guard.broken = 3;

    scenario.run("0s fire A\n50m end");

    assertThat(scenario.told)
        .hasSize(2)
        .anyMatch(line -> line.endsWith("page A (first notification)"))
        .anyMatch(line -> line.endsWith("mail A (first notification)"));
    assertThat(failed(scenario, FailureReason.OTHER)).isZero();
  }

  @Test
  void loadUnderWayBeginsNothingOnceItStops() {
    scenario.run("0s fire A\n10s end");
    assertThat(scenario.engine.stop()).isDone();

    CompletableFuture<Void> late =
        scenario.engine.apply(Scenario.config(CONFIG), Scenario.NO_TEMPLATES);
    scenario.run("20m end");

    assertThat(late).isCompletedExceptionally();
    assertThat(scenario.told).isEmpty();
  }

  @Test
  void whatItDoesNotWantToKnowIsNotSentEmpty() {
    page.sendResolved = "false";
    scenario.run("0s away page\n0s back page\n0s fire A\n1m away page\n2m restart\n2m fire A");
    scenario.told.clear();

    scenario.run("2m1s resolve A\n20m back page\n40m end");

    assertThat(scenario.told).noneMatch(line -> line.contains("page"));
  }

  @Test
  void aHangingNotifierDelaysNobodyElse() {
    page.hang = FakeNotifier.Hang.INTERRUPTIBLE;

    scenario.run("0s fire A\n0s fire B\n30s end");

    assertThat(scenario.told)
        .containsExactly("30s mail A (first notification)", "30s mail B (first notification)");
  }

  @Test
  void aHangingNotifierIsTriedAgainUntilTheIntervalIsOverAndThenAnew() {
    page.hang = FakeNotifier.Hang.INTERRUPTIBLE;
    scenario.run("0s fire A\n5m41s end");

    assertThat(failed(scenario, FailureReason.CONTEXT_DEADLINE_EXCEEDED)).isEqualTo(1);

    page.hang = FakeNotifier.Hang.NOT;
    scenario.run("7m end");
    assertThat(scenario.told)
        .containsExactly(
            "30s mail A (first notification)", "6m30s500ms page A (first notification)");
  }

  @Test
  void aNotifierThatDoesNotReturnCostsTwoThreadsAtMost() {
    page.hang = FakeNotifier.Hang.STUBBORN;

    scenario.run("0s fire A\n0s fire B\n0s fire C\n0s fire D\n30m end");

    assertThat(scenario.guard.hanging).hasSize(2);
    assertThat(scenario.told).noneMatch(line -> line.contains("page"));
    letGo();
  }

  @Test
  void aDeliveryThatHangsHoldsUpNoOtherGroup() {
    page.hang = FakeNotifier.Hang.STUBBORN;
    scenario.run("0s fire A\n31s end");
    page.hang = FakeNotifier.Hang.NOT;

    scenario.run("32s fire B started=-1h\n33s fire C started=-1h\n34s end");

    assertThat(scenario.told)
        .contains("32s page B (first notification)", "33s page C (first notification)");
    letGo();
  }

  @Test
  void whatArrivedAfterItWasGivenUpIsNotToldTwice() {
    page.hang = FakeNotifier.Hang.STUBBORN;
    scenario.run("0s fire A\n2m end");

    page.hang = FakeNotifier.Hang.NOT;
    scenario.guard.hanging.getFirst().run();
    scenario.run("40m end");

    assertThat(scenario.told)
        .containsExactly("30s mail A (first notification)", "2m page A (first notification)");
  }

  @Test
  void aNotifierThatHangsIsReplacedByTheFactoryThatComes() {
    page.hang = FakeNotifier.Hang.STUBBORN;
    scenario.run("0s fire A\n2m away page");

    page.hang = FakeNotifier.Hang.NOT;
    FakeNotifier other = new FakeNotifier("page", line -> scenario.told.add("other " + line));
    scenario.registry.add(NotifierRegistration.of(other, other.properties()));
    scenario.engine.followNotifiers();
    scenario.run("4m end");

    assertThat(scenario.told).contains("other page A (first notification)");
    page.answer = notification -> new Delivery.Failed(FailureReason.OTHER, true, "too late");
    scenario.guard.hanging.getFirst().run();
  }

  @Test
  void aThrowingNotifierIsTriedAgainWithGrowingPauses() {
    int[] times = {0};
    page.answer =
        notification -> {
          scenario.told.add("attempt after " + scenario.loop.elapsed().toMillis());
          if (++times[0] < 4) {
            throw new IllegalStateException("broken");
          }
          return new Delivery.Done();
        };

    scenario.run("0s fire A started=-10m\n10m end");

    assertThat(scenario.told)
        .containsExactly(
            "attempt after 0",
            "0s mail A (first notification)",
            "attempt after 500",
            "attempt after 1250",
            "attempt after 2375",
            "2s375ms page A (first notification)");
    assertThat(scenario.metrics.value("alertmanager_notification_requests_total{page,all}"))
        .isEqualTo(4);
    assertThat(scenario.metrics.value("alertmanager_notification_requests_failed_total{page,all}"))
        .isEqualTo(3);
    assertThat(scenario.metrics.value("alertmanager_notifications_total{page,all}")).isEqualTo(1);
    assertThat(failed(scenario, FailureReason.OTHER)).isZero();
  }

  @Test
  void whatIsRefusedForGoodIsTriedAgainWithTheNextIntervalOnly() {
    page.answer =
        notification -> new Delivery.Failed(FailureReason.CLIENT_ERROR, false, "status 400");
    scenario.run("0s fire A\n5m end");
    assertThat(scenario.metrics.value("alertmanager_notification_requests_total{page,all}"))
        .isEqualTo(1);
    assertThat(failed(scenario, FailureReason.CLIENT_ERROR)).isEqualTo(1);

    page.answer = notification -> new Delivery.Done();
    scenario.run("6m end");
    assertThat(scenario.told)
        .containsExactly("30s mail A (first notification)", "5m30s page A (first notification)");
  }

  @Test
  void aFailureThatLastsCountsOnceEachIntervalUnderItsReason() {
    page.answer =
        notification -> new Delivery.Failed(FailureReason.SERVER_ERROR, true, "status 503");

    scenario.run("0s fire A\n10m31s end");

    assertThat(failed(scenario, FailureReason.SERVER_ERROR)).isEqualTo(2);
  }

  @Test
  void aResolvedAlertIsKeptForWhoCouldNotBeTold() {
    scenario.run("0s fire A\n1m end");
    page.answer =
        notification -> new Delivery.Failed(FailureReason.SERVER_ERROR, true, "status 503");
    scenario.run("2m resolve A\n21m end");
    page.answer = notification -> new Delivery.Done();
    scenario.run("40m end");

    assertThat(scenario.told)
        .filteredOn(line -> line.contains("-A"))
        .hasSize(2)
        .anyMatch(line -> line.contains("page -A (all alerts resolved)"))
        .contains("5m30s mail -A (all alerts resolved)");
  }

  @Test
  void aFailureOfANotifierThatWentAwayMeanwhileSaysNothing() {
    page.hang = FakeNotifier.Hang.STUBBORN;
    page.answer =
        notification -> new Delivery.Failed(FailureReason.CLIENT_ERROR, false, "interrupted");
    scenario.run("0s fire A\n40s away page");
    page.hang = FakeNotifier.Hang.NOT;
    scenario.guard.hanging.getFirst().run();
    page.answer = notification -> new Delivery.Done();
    scenario.run("2m back page\n3m end");

    assertThat(scenario.told)
        .containsExactly("30s mail A (first notification)", "2m page A (first notification)");
    assertThat(failed(scenario, FailureReason.CLIENT_ERROR)).isZero();
  }

  @Test
  void whatFiresAgainWhileItIsToldAsResolvedIsNotForgotten() {
    scenario.run("0s fire A\n1m resolve A\n5m end");
    page.hang = FakeNotifier.Hang.STUBBORN;
    scenario.run("5m40s fire A\n5m50s end");
    page.hang = FakeNotifier.Hang.NOT;
    scenario.guard.hanging.getFirst().run();
    scenario.run("11m end");

    assertThat(scenario.told)
        .containsExactly(
            "30s page A (first notification)",
            "30s mail A (first notification)",
            "5m30s mail -A (all alerts resolved)",
            "5m50s page -A (all alerts resolved)",
            "10m30s page A (first notification)",
            "10m30s mail A (first notification)");
  }

  @Test
  void aNotifierWithoutAThreadIsAskedAgainSoonAndThatIsNoFailure() {
    page.busy = true;
    scenario.run("0s fire A\n31s end");
    page.busy = false;
    scenario.run("2m end");

    assertThat(scenario.told)
        .containsExactly("30s mail A (first notification)", "31s250ms page A (first notification)");
    assertThat(scenario.metrics.value("alertmanager_notification_requests_total{page,all}"))
        .isEqualTo(1);
  }

  @Test
  void aShortIntervalStillLeavesTimeToDeliver() {
    Scenario fast = new Scenario(FAST);
    FakeNotifier slow = notifier(fast, "page");
    slow.hang = FakeNotifier.Hang.STUBBORN;
    fast.run("0s fire A\n3s fire A n=2\n9s end");
    assertThat(fast.told)
        .containsExactly("1s mail A (first notification)", "5s mail A,A2 (new alerts added)");

    slow.hang = FakeNotifier.Hang.NOT;
    fast.guard.hanging.getFirst().run();
    assertThat(fast.told)
        .contains("9s page A (first notification)", "9s page A,A2 (new alerts added)");
  }

  @Test
  void aReceiverToWhichNotificationsArriveIsGivenMoreAtATime() {
    scenario.run("0s fire A started=-1h\n0s fire B started=-1h\n0s fire C started=-1h\n1s end");

    page.hang = FakeNotifier.Hang.STUBBORN;
    scenario.run(fire(20));
    assertThat(scenario.guard.hanging).hasSize(5);

    page.hang = FakeNotifier.Hang.NOT;
    letGo();
    scenario.run("3s end");
    assertThat(scenario.told.stream().filter(line -> line.contains(" page G"))).hasSize(20);

    page.hang = FakeNotifier.Hang.STUBBORN;
    scenario.guard.hanging.clear();
    scenario.run(fire(40));
    assertThat(scenario.guard.hanging).as("as many as ever").hasSize(8);
    letGo();
  }

  @Test
  void aReceiverThatHangsIsGivenFewAtATimeAgain() {
    scenario.run(fire(20));
    page.hang = FakeNotifier.Hang.INTERRUPTIBLE;
    scenario.run("10m fire Z n=1 started=-1h\n11m1s end");
    scenario.guard.hanging.clear();

    scenario.run(fire(40));

    assertThat(scenario.guard.hanging).hasSizeLessThanOrEqualTo(2);
    page.hang = FakeNotifier.Hang.NOT;
  }

  /** So many groups that are told at once, at the second of their number. */
  private static String fire(int groups) {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < groups; i++) {
      script.append("%ds fire G%d started=-1h%n".formatted(groups / 10, groups * 100 + i));
    }
    return script.append("%ds end".formatted(groups / 10)).toString();
  }

  private void letGo() {
    List.copyOf(scenario.guard.hanging).forEach(Runnable::run);
  }

  @Test
  void whatIsBeingDeliveredWhileTheConfigurationIsReplacedIsNotToldTwice() {
    page.hang = FakeNotifier.Hang.STUBBORN;
    scenario.run("0s fire A started=-10m\n10s reload\n15s end");
    page.hang = FakeNotifier.Hang.NOT;
    scenario.guard.hanging.getFirst().run();
    scenario.run("20m end");

    assertThat(scenario.told)
        .containsExactly("0s mail A (first notification)", "15s page A (first notification)");
    assertThat(page.closed).isEqualTo(1);
  }

  @Test
  void aStopWaitsForWhatIsBeingDeliveredAndNotesIt() {
    page.hang = FakeNotifier.Hang.STUBBORN;
    scenario.run("0s fire A started=-10m\n1s end");

    CompletableFuture<Void> stopped = scenario.engine.stop();
    assertThat(stopped).isNotDone();

    page.hang = FakeNotifier.Hang.NOT;
    scenario.guard.hanging.getFirst().run();
    assertThat(stopped).isDone();
    scenario.run("10s restart\n11s fire A started=-11m\n20m end");
    assertThat(scenario.told)
        .containsExactly("0s mail A (first notification)", "1s page A (first notification)");
  }

  @Test
  void aStopDoesNotWaitForANotifierThatIsAway() {
    scenario.run("0s away page\n0s fire A started=-10m\n1s end");

    assertThat(scenario.engine.stop()).isDone();
    assertThat(scenario.loop.timers()).isZero();
  }

  @Test
  void theDefaultOfSendResolvedIsTheFactorys() {
    Scenario quiet = new Scenario(CONFIG);
    FakeNotifier away = notifier(quiet, "page");
    quiet.away("page");
    away.sendResolved = "false";
    quiet.back("page");

    quiet.run("0s fire A\n1m resolve A\n20m end");

    assertThat(quiet.told)
        .containsExactly(
            "30s page A (first notification)",
            "30s mail A (first notification)",
            "5m30s mail -A (all alerts resolved)");
  }

  @Test
  void anEntryThatItsNotifierRefusesIsTriedAgainAndFailsAsOther() {
    Scenario bad = new Scenario(CONFIG.replace("page_configs: [{}]", "page_configs: [{url: bad}]"));

    bad.run("0s fire A\n5m31s end");

    assertThat(bad.told).containsExactly("30s mail A (first notification)");
    assertThat(failed(bad, FailureReason.OTHER)).isEqualTo(1);
  }

  @Test
  void aFullDiskDoesNotKeepFromTellingNorTellsTwice() {
    scenario.notificationLog.full = true;

    scenario.run("0s fire A\n50m end");

    assertThat(scenario.told)
        .isEqualTo(List.of("30s page A (first notification)", "30s mail A (first notification)"));
    assertThat(scenario.loop.elapsed()).isEqualTo(Duration.ofMinutes(50));
  }
}
