package io.narthex.alerting.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.alerting.internal.dispatch.AlertGroup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When who is told what, by upstream's rules. */
class DispatchTest {
  private static final String CONFIG =
      """
      route:
        receiver: pager
        group_by: [alertname]
        group_wait: 30s
        group_interval: 5m
        repeat_interval: 1h
        routes:
          - receiver: both
            matchers: [severity="high"]
          - receiver: quiet
            matchers: [severity="low"]
            mute_time_intervals: [january]
          - receiver: pager
            matchers: [severity="office"]
            active_time_intervals: [never]
          - receiver: pager
            matchers: [severity="each"]
            group_by: ['...']
      receivers:
        - name: pager
          page_configs: [{}]
        - name: both
          page_configs: [{url: one}, {url: two}]
          mail_configs: [{send_resolved: false}]
        - name: quiet
          page_configs: [{}]
      inhibit_rules:
        - source_matchers: [alertname="Root"]
          target_matchers: [alertname="Leaf"]
          equal: [n]
      time_intervals:
        - name: january
          time_intervals: [{months: [january]}]
        - name: never
          time_intervals: [{years: ['1999']}]
      """;

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(
            "a group waits for more alerts, then is told of them together",
            """
            0s fire A n=1
            20s fire A n=2
            5m end
            """,
            List.of("30s page A1,A2 (first notification)")),
        Arguments.of(
            "an alert older than group_wait is told at once",
            """
            0s fire A started=-31s
            1m end
            """,
            List.of("0s page A (first notification)")),
        Arguments.of(
            "an alert as old as group_wait is not",
            """
            0s fire A started=-30s
            1m end
            """,
            List.of("30s page A (first notification)")),
        Arguments.of(
            "more alerts are told with the next interval, though they are old",
            """
            0s fire A n=1
            1m fire A n=2 started=-10m
            20m end
            """,
            List.of("30s page A1 (first notification)", "5m30s page A1,A2 (new alerts added)")),
        Arguments.of(
            "the same is repeated as soon as repeat_interval is over",
            """
            0s fire A
            2h20m end
            """,
            List.of(
                "30s page A (first notification)",
                "1h30s page A (repeat interval elapsed)",
                "2h30s page A (repeat interval elapsed)")),
        Arguments.of(
            "resolved alerts are told after those that fire, then the group ends",
            """
            0s fire A n=1
            0s fire A n=2
            1m resolve A n=1
            6m resolve A n=2
            3h end
            """,
            List.of(
                "30s page A1,A2 (first notification)",
                "5m30s page -A1,A2 (some alerts resolved)",
                "10m30s page -A2 (all alerts resolved)")),
        Arguments.of(
            "an alert that is not sent again is resolved when its time is over",
            """
            0s fire A lasts=2m
            20m end
            """,
            List.of("30s page A (first notification)", "5m30s page -A (all alerts resolved)")),
        Arguments.of(
            "what fires and is resolved within group_wait is not told",
            """
            0s fire A
            10s resolve A
            10m end
            """,
            List.of()),
        Arguments.of(
            "what is resolved and fires again within an interval is nothing new",
            """
            0s fire A
            1m resolve A
            2m fire A
            20m end
            """,
            List.of("30s page A (first notification)")),
        Arguments.of(
            "what fires again after it was told as resolved is told as new, after group_wait",
            """
            0s fire A
            1m resolve A
            6m fire A
            8m end
            """,
            List.of(
                "30s page A (first notification)",
                "5m30s page -A (all alerts resolved)",
                "6m30s page A (first notification)")),
        Arguments.of(
            "each integration is told on its own, and of resolved alerts only if it wants",
            """
            0s fire A severity=high
            1m resolve A severity=high
            20m end
            """,
            List.of(
                "30s page:one A (first notification)",
                "30s page:two A (first notification)",
                "30s mail A (first notification)",
                "5m30s page:one -A (all alerts resolved)",
                "5m30s page:two -A (all alerts resolved)")),
        Arguments.of(
            "with '...' each alert is a group of its own",
            """
            0s fire A n=1 severity=each
            10s fire A n=2 severity=each
            1m end
            """,
            List.of("30s page A1 (first notification)", "40s page A2 (first notification)")),
        Arguments.of(
            "a silenced alert is not told, and is once the silence is over",
            """
            0s fire A
            10s silence A for=7m
            20m end
            """,
            List.of("10m30s page A (first notification)")),
        Arguments.of(
            "a silence that is ended by hand is over at once",
            """
            0s fire A
            10s silence A for=10h
            2m expire
            20m end
            """,
            List.of("5m30s page A (first notification)")),
        Arguments.of(
            "an alert that is silenced after it was told stays as it was",
            """
            0s fire A
            1m silence A for=10h
            2m resolve A
            20m end
            """,
            List.of("30s page A (first notification)")),
        Arguments.of(
            "an inhibited alert is told once what inhibits it is resolved",
            """
            0s fire Root n=1
            0s fire Leaf n=1
            0s fire Leaf n=2
            1m resolve Root n=1
            20m end
            """,
            List.of(
                "30s page Root1 (first notification)",
                "30s page Leaf2 (first notification)",
                "5m30s page -Root1 (all alerts resolved)",
                "5m30s page Leaf1,Leaf2 (new alerts added)")),
        Arguments.of(
            "within a mute interval nobody is told",
            """
            0s fire A severity=low
            20m end
            """,
            List.of()),
        Arguments.of(
            "outside of active intervals nobody is told",
            """
            0s fire A severity=office
            20m end
            """,
            List.of()),
        Arguments.of(
            "after a reload nothing is told twice, and what is new at once",
            """
            0s fire A
            31s reload
            40s fire B started=-10m
            41s reload
            20m end
            """,
            List.of("30s page A (first notification)", "40s page B (first notification)")),
        Arguments.of(
            "a group that waits when the configuration is replaced waits anew",
            """
            0s fire A
            20s reload
            1m end
            """,
            List.of("50s page A (first notification)")),
        Arguments.of(
            "after a restart what was told is not told again before its time",
            """
            0s fire A started=-10m
            2m restart
            2m1s fire A started=-12m
            50m end
            """,
            List.of("0s page A (first notification)")),
        Arguments.of(
            "after a restart what was told is repeated in its time",
            """
            0s fire A started=-10m
            2m restart
            2m1s fire A started=-12m
            1h5m end
            """,
            List.of("0s page A (first notification)", "1h2m1s page A (repeat interval elapsed)")),
        Arguments.of(
            "what was resolved over a restart is told",
            """
            0s fire A started=-10m
            2m restart
            3m resolve A started=-12m
            20m end
            """,
            List.of("0s page A (first notification)", "3m page -A (all alerts resolved)")),
        Arguments.of(
            "silences hold over a restart",
            """
            0s silence A for=1h
            1s restart
            2s fire A started=-10m
            20m end
            """,
            List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isToldInTime(String name, String steps, List<String> told) {
    assertThat(new Scenario(CONFIG).run(steps).told).isEqualTo(told);
  }

  @Test
  void groupsAreShownAsUpstreamOrdersThem() {
    Scenario scenario =
        new Scenario(CONFIG)
            .run(
                """
                0s fire B
                0s fire A n=2
                0s fire A n=1
                0s fire A n=1 severity=low
                31s end
                """);

    List<AlertGroup> groups = scenario.engine.running().orElseThrow().dispatcher().groups();

    assertThat(groups)
        .extracting(
            group ->
                "%s %s %s %s"
                    .formatted(
                        group.receiver(),
                        group.key(),
                        group.alerts().stream().map(alert -> alert.labels().get("n")).toList(),
                        group.mutedBy()))
        .containsExactly(
            "pager {}:{alertname=\"A\"} [1, 2] []",
            "quiet {}/{severity=\"low\"}:{alertname=\"A\"} [1] [january]",
            "pager {}:{alertname=\"B\"} [] []");
  }

  @Test
  void groupsAndTimersEndWithTheirAlerts() {
    Scenario scenario = new Scenario(CONFIG).run("0s fire A\n1m resolve A\n6m end");

    assertThat(scenario.engine.running().orElseThrow().dispatcher().groups()).isEmpty();
    assertThat(scenario.loop.timers()).isZero();
    assertThat(scenario.metrics.value("alertmanager_dispatcher_aggregation_groups")).isZero();
  }

  @Test
  void suppressedAlertsAreCounted() {
    Scenario scenario =
        new Scenario(CONFIG)
            .run(
                """
                0s fire A
                0s fire B severity=low
                0s fire C severity=office
                0s fire Root n=1
                0s fire Leaf n=1
                1s silence A for=1h
                31s end
                """);

    assertThat(List.of("silence", "inhibition", "mute_time_interval", "active_time_interval"))
        .allSatisfy(
            reason ->
                assertThat(
                        scenario.metrics.value(
                            "alertmanager_notifications_suppressed_total{%s}".formatted(reason)))
                    .isEqualTo(1));
  }

  @Test
  void whoDoesNotOwnAGroupDoesNotTellIt() {
    Scenario scenario = new Scenario(CONFIG);
    scenario.owned = false;

    scenario.run("0s fire A\n1m end");
    assertThat(scenario.told).isEmpty();

    scenario.owned = true;
    scenario.run("6m end");
    assertThat(scenario.told).containsExactly("5m30s page A (first notification)");
  }
}
