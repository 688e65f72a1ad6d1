package io.narthex.discovery.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.DiscoveryConfig;
import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleSettings;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeOptions;
import io.narthex.api.config.StaticTargets;
import io.narthex.api.model.Labels;
import io.narthex.api.section.ConfigNode;
import io.narthex.api.section.Position;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetPool;
import io.narthex.discovery.core.internal.Fakes.FakeConfiguration;
import io.narthex.discovery.core.internal.Fakes.FakeRegistry;
import io.narthex.discovery.core.internal.Fakes.FakeScope;
import io.narthex.spi.discovery.TargetGroup;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TargetDiscoveryTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final FakeConfiguration configuration = new FakeConfiguration();
  private final FakeRegistry registry = new FakeRegistry();
  private final FakeGuard guard = new FakeGuard();
  private FakeLoop loop = new FakeLoop();
  private FakeScope scope = new FakeScope();
  private final FakeMechanism mechanism = new FakeMechanism(guard, "fake", 1, 0);
  private TargetDiscovery discovery = component();

  @Test
  void staticTargetsAreThereBeforeAnyFactoryIs() {
    configure(job("a", sd("fake", "1")), job("b", statics("h:1")));

    assertThat(addresses("b")).containsExactly("h:1");
    assertThat(addresses("a")).isEmpty();
    assertThat(scope.values).containsEntry("prometheus_sd_failed_configs{scrape}", 1.0);
  }

  @Test
  void targetsThatAreFoundJoinTheStaticOnes() {
    bind(mechanism);
    configure(job("a", statics("h:1"), sd("fake", "1")));

    mechanism.last().finds("s", "x:1", "x:2");

    assertThat(addresses("a")).containsExactly("h:1", "x:1", "x:2");
    assertThat(scope.values)
        .containsEntry("prometheus_sd_discovered_targets{scrape,a}", 3.0)
        .containsEntry("prometheus_sd_received_updates_total{scrape}", 1.0)
        .containsEntry("prometheus_sd_failed_configs{scrape}", 0.0)
        .containsEntry(
            "prometheus_sd_last_update_timestamp_seconds{scrape,a}", loop.wallMillis() / 1e3)
        .containsEntry("prometheus_target_sync_length_seconds{a}", 2.0);
  }

  @Test
  void aFactoryMayComeLaterThanTheConfiguration() {
    configure(job("a", sd("fake", "1")));
    bind(mechanism);
    mechanism.last().finds("s", "x:1");

    assertThat(addresses("a")).containsExactly("x:1");
  }

  @Test
  void groupsAreReplacedAndRemovedBySource() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");
    loop.pass(INTERVAL);
    mechanism.last().finds("t", "y:1");
    loop.pass(INTERVAL);
    mechanism.last().finds("s", "x:2");
    loop.pass(INTERVAL);
    assertThat(addresses("a")).containsExactly("x:2", "y:1");

    mechanism.last().finds("t");
    loop.pass(INTERVAL);
    assertThat(addresses("a")).containsExactly("x:2");
  }

  @Test
  void aDiscoveryMaySpeakBeforeItsStartReturns() {
    mechanism.speaksAtStart = true;
    bind(mechanism);
    configure(job("a", sd("fake", "1")));

    assertThat(addresses("a")).containsExactly("early:1");
  }

  @Test
  void updatesThatComeTogetherAreHandledTogether() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    int before = registry.publications;

    loop.run(
        () -> {
          mechanism.last().finds("s", "x:1");
          mechanism.last().finds("t", "y:1");
          mechanism.last().finds("s", "x:2");
          mechanism.last().listener.failed("no answer");
        });

    assertThat(addresses("a")).containsExactly("x:2", "y:1");
    assertThat(registry.publications).isEqualTo(before + 1);
    assertThat(scope.values)
        .containsEntry("prometheus_sd_received_updates_total{scrape}", 3.0)
        .containsEntry("prometheus_sd_refresh_failures_total{fake,a}", 1.0)
        .containsEntry("prometheus_target_sync_length_seconds{a}", 2.0);
  }

  @Test
  void aFactoryThatGoesWhileADiscoveryStartsEndsIt() throws Exception {
    guard.hangs = true;
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    discovery.unbindFactory(mechanism.properties);
    guard.hangs = false;

    guard.hanging.getFirst().body().call();

    assertThat(mechanism.last().closed).isEqualTo(1);
    assertThat(scope.values).containsEntry("prometheus_sd_failed_configs{scrape}", 1.0);
  }

  @Test
  void theFirstUpdateCountsAtOnceAndOthersOnceInTheInterval() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    int before = registry.publications;

    mechanism.last().finds("s", "x:1");
    assertThat(registry.publications).isEqualTo(before + 1);

    mechanism.last().finds("s", "x:2");
    loop.pass(Duration.ofSeconds(2));
    mechanism.last().finds("s", "x:3");
    loop.pass(Duration.ofMillis(2_999));
    assertThat(addresses("a")).containsExactly("x:1");
    assertThat(scope.values).containsEntry("prometheus_sd_updates_delayed_total{scrape}", 1.0);

    loop.pass(Duration.ofMillis(1));
    assertThat(addresses("a")).containsExactly("x:3");
    assertThat(registry.publications).isEqualTo(before + 2);

    loop.pass(INTERVAL);
    mechanism.last().finds("s", "x:4");
    assertThat(addresses("a")).containsExactly("x:4");
  }

  @Test
  void whatDoesNotChangeIsNotMadeAnew() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")), job("b", statics("h:1")));
    mechanism.last().finds("s", "x:1");
    loop.pass(INTERVAL);
    int before = registry.publications;
    double syncs = scope.values.get("prometheus_target_sync_length_seconds{a}");
    double otherSyncs = scope.values.get("prometheus_target_sync_length_seconds{b}");

    mechanism.last().finds("s", "x:1");
    configure(job("a", sd("fake", "1")), job("b", statics("h:1")));
    loop.pass(INTERVAL);

    assertThat(registry.publications).isEqualTo(before);
    assertThat(scope.values)
        .containsEntry("prometheus_target_sync_length_seconds{a}", syncs)
        .containsEntry("prometheus_target_sync_length_seconds{b}", otherSyncs);
  }

  @Test
  void aTargetOfAnUnchangedGroupIsTheSameObject() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");
    Target before = pool("a").targets().getFirst();
    loop.pass(INTERVAL);

    mechanism.last().finds("t", "y:1");

    assertThat(addresses("a")).containsExactly("x:1", "y:1");
    assertThat(pool("a").targets().getFirst()).isSameAs(before);
  }

  @Test
  void aNewConfigurationStartsWhatIsNewEndsWhatIsGoneAndLeavesTheRest() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")), job("b", sd("fake", "2")), job("d", statics("h:1")));
    FakeMechanism.FakeDiscovery first = mechanism.made.getFirst();
    FakeMechanism.FakeDiscovery second = mechanism.made.get(1);
    first.finds("s", "x:1");
    second.finds("s", "y:1");

    configure(job("a", sd("fake", "1")), job("c", sd("fake", "3")));

    assertThat(mechanism.made).extracting(made -> made.key).containsExactly("1", "2", "3");
    assertThat(first.closed).isZero();
    assertThat(second.closed).isEqualTo(1);
    assertThat(registry.pools().get("config"))
        .extracting(TargetPool::name)
        .containsExactly("a", "c");
    assertThat(addresses("a")).containsExactly("x:1");
    assertThat(scope.values).containsEntry("prometheus_sd_discovered_targets{scrape,b}", 0.0);
  }

  @Test
  void aJobWhoseConfigChangesKeepsTheGroupsOfItsUnchangedDiscoveries() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");

    configure(job("a", statics("h:1"), sd("fake", "1")));

    assertThat(addresses("a")).containsExactly("h:1", "x:1");
    assertThat(mechanism.made).hasSize(1);
  }

  @Test
  void twoJobsWithTheSameDiscoveryShareIt() {
    bind(mechanism);
    configure(job("a", sd("fake", "1"), sd("fake", "1")), job("b", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");

    assertThat(mechanism.made).hasSize(1);
    assertThat(addresses("a")).containsExactly("x:1");
    assertThat(addresses("b")).containsExactly("x:1");

    configure(job("b", sd("fake", "1")), job("c", sd("fake", "1")));
    assertThat(mechanism.last().closed).isZero();
    assertThat(addresses("c")).containsExactly("x:1");
  }

  @Test
  void aChangedDiscoveryKeepsTheTargetsUntilItsSuccessorSpeaks() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");

    configure(job("a", sd("fake", "2")));
    assertThat(mechanism.made.getFirst().closed).isEqualTo(1);
    assertThat(addresses("a")).containsExactly("x:1");

    mechanism.last().finds("s", "x:1", "x:2");
    assertThat(addresses("a")).containsExactly("x:1", "x:2");
    assertThat(loop.timers()).isZero();
  }

  @Test
  void aSuccessorThatDoesNotSpeakIsWaitedForOneInterval() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");
    configure(job("a", sd("fake", "2"), statics("h:1")));

    loop.pass(INTERVAL.minusMillis(1));
    assertThat(addresses("a")).containsExactly("x:1");
    loop.pass(Duration.ofMillis(1));
    assertThat(addresses("a")).containsExactly("h:1");
  }

  @Test
  void targetsAreHeldUntilTheLastSuccessorSpoke() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");
    configure(job("a", sd("fake", "2"), sd("fake", "3")));

    mechanism.made.get(1).finds("s", "y:1");
    assertThat(addresses("a")).containsExactly("x:1");
    mechanism.made.get(2).finds("s", "z:1");
    assertThat(addresses("a")).containsExactly("y:1", "z:1");
  }

  @Test
  void targetsThatAreHeldStaySoWhenTheConfigChangesAgain() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");
    configure(job("a", sd("fake", "2")));
    configure(job("a", sd("fake", "2"), statics("h:1")));

    assertThat(addresses("a")).containsExactly("x:1");
  }

  @Test
  void aFactoryOfAnotherMechanismIsNoReasonToTryAgain() {
    mechanism.failsToStart = true;
    bind(mechanism);
    configure(job("a", sd("fake", "1")));

    bind(new FakeMechanism(guard, "other", 2, 0));

    assertThat(mechanism.made).hasSize(1);
  }

  @Test
  void theSuccessorDoesNotWaitWhereNothingIsDiscovered() throws Exception {
    configure(job("b", statics("h:1")));
    discovery.stop();
    scope.close();
    configure(job("b", statics("h:2")));

    discovery = component();

    assertThat(addresses("b")).containsExactly("h:2");
  }

  @Test
  void aPublicationThatWasDueAtTheStopDoesNotRemoveTheTargets() {
    bind(mechanism);
    configure(job("a", statics("h:1"), sd("fake", "1")));

    loop.run(
        () -> {
          mechanism.last().finds("s", "x:1");
          discovery.stop();
        });

    assertThat(addresses("a")).containsExactly("h:1");
  }

  @Test
  void aJobThatOnlyGainsADiscoveryIsNotHeldUp() {
    bind(mechanism);
    configure(job("a", statics("h:1")));

    configure(job("a", statics("h:2"), sd("fake", "1")));

    assertThat(addresses("a")).containsExactly("h:2");
  }

  @Test
  void targetsStayWhenTheFactoryGoesAndAreReplacedWhenItIsBack() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");
    mechanism.last().finds("t", "y:1");
    loop.pass(INTERVAL);
    FakeMechanism.FakeDiscovery old = mechanism.last();

    discovery.unbindFactory(mechanism.properties);
    old.finds("s", "late:1");
    loop.pass(INTERVAL);
    assertThat(addresses("a")).containsExactly("x:1", "y:1");

    FakeMechanism back = new FakeMechanism(guard, "fake", 2, 0);
    bind(back);
    assertThat(addresses("a")).containsExactly("x:1", "y:1");
    back.last().finds("t", "z:1");
    assertThat(addresses("a")).containsExactly("z:1");
    assertThat(old.closed).isEqualTo(1);
  }

  @Test
  void theBestOfSeveralFactoriesIsUsedAndTheNextWhenItGoes() {
    FakeMechanism better = new FakeMechanism(guard, "fake", 2, 10);
    bind(mechanism);
    bind(better);
    configure(job("a", sd("fake", "1")));
    assertThat(mechanism.made).isEmpty();
    assertThat(better.made).hasSize(1);

    discovery.unbindFactory(better.properties);
    assertThat(better.last().closed).isEqualTo(1);
    assertThat(mechanism.made).hasSize(1);
  }

  @Test
  void aFactoryWithoutAUsableNameIsLeftOut() {
    discovery.bindFactory(mechanism, Map.of("service.id", 7L));
    configure(job("a", sd("fake", "1")));

    assertThat(mechanism.made).isEmpty();
  }

  @Test
  void aDiscoveryThatDoesNotStartIsTriedAgainLessAndLessOften() {
    mechanism.failsToStart = true;
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    assertThat(mechanism.made).hasSize(1);
    assertThat(mechanism.last().closed).isEqualTo(1);
    assertThat(scope.values).containsEntry("prometheus_sd_failed_configs{scrape}", 1.0);

    int[] tries =
        IntStream.of(1, 2, 4, 8, 16, 32, 60, 60)
            .map(
                seconds -> {
                  loop.pass(Duration.ofSeconds(seconds).minusMillis(1));
                  int before = mechanism.made.size();
                  loop.pass(Duration.ofMillis(1));
                  return mechanism.made.size() - before;
                })
            .toArray();
    assertThat(tries).containsOnly(1);
    assertThat(mechanism.made).hasSize(9);

    mechanism.failsToStart = false;
    loop.pass(Duration.ofMinutes(1));
    mechanism.last().finds("s", "x:1");
    assertThat(addresses("a")).containsExactly("x:1");
    assertThat(scope.values).containsEntry("prometheus_sd_failed_configs{scrape}", 0.0);
    assertThat(loop.timers()).isZero();
  }

  @Test
  void aNewFactoryIsTriedAtOnceThoughTheOldOneFailed() {
    mechanism.failsToStart = true;
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    discovery.unbindFactory(mechanism.properties);
    FakeMechanism back = new FakeMechanism(guard, "fake", 2, 0);
    bind(back);

    assertThat(back.made).hasSize(1);
  }

  @Test
  void aDiscoveryThatHangsWhenItStartsHoldsUpNobodyAndIsClosedIfItComesUpLate() throws Exception {
    guard.hangs = true;
    bind(mechanism);
    configure(job("a", sd("fake", "1")), job("b", statics("h:1")));
    assertThat(addresses("b")).containsExactly("h:1");

    guard.hangs = false;
    guard.hanging.getFirst().timeOut();
    loop.pass(Duration.ofSeconds(1));
    mechanism.last().finds("s", "x:1");
    assertThat(addresses("a")).containsExactly("x:1");

    guard.hanging.getFirst().body().call();
    FakeMechanism.FakeDiscovery late = mechanism.last();
    late.finds("s", "late:1");
    loop.pass(INTERVAL);
    assertThat(late.closed).isEqualTo(1);
    assertThat(addresses("a")).containsExactly("x:1");
    assertThat(mechanism.made.getFirst().closed).isZero();
  }

  @Test
  void aDiscoveryThatIsNotWantedAnyMoreWhenItComesUpIsClosed() throws Exception {
    guard.hangs = true;
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    configure();

    guard.hanging.getFirst().body().call();

    assertThat(mechanism.last().closed).isEqualTo(1);
  }

  @Test
  void keysThatTheMechanismDoesNotKnowAreRefused() {
    bind(mechanism);
    ConfigNode.Mapping section = new ConfigNode.Mapping(Position.START, List.of(entry("kez", "1")));
    configure(job("a", new DiscoveryConfig("fake", section, Path.of("/etc"))));

    assertThat(mechanism.last().listener).isNull();
    assertThat(scope.values).containsEntry("prometheus_sd_failed_configs{scrape}", 1.0);
  }

  @Test
  void aLookThatFailedIsCountedAndLeavesTheTargets() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");

    mechanism.last().listener.failed("connection refused");

    assertThat(addresses("a")).containsExactly("x:1");
    assertThat(scope.values).containsEntry("prometheus_sd_refresh_failures_total{fake,a}", 1.0);
  }

  @Test
  void targetsStayWhenThisBundleStopsAndItsSuccessorWaitsForThoseWhoFoundThem() throws Exception {
    bind(mechanism);
    configure(job("a", sd("fake", "1")), job("b", statics("h:1")));
    FakeMechanism.FakeDiscovery old = mechanism.last();
    old.finds("s", "x:1");

    discovery.stop();
    scope.close();
    assertThat(old.closed).isEqualTo(1);
    assertThat(addresses("a")).containsExactly("x:1");
    int before = registry.publications;

    loop = new FakeLoop();
    scope = new FakeScope();
    discovery = component();
    assertThat(addresses("a")).containsExactly("x:1");
    assertThat(registry.publications).isEqualTo(before);
    bind(mechanism);
    mechanism.last().finds("s", "x:1", "x:2");
    assertThat(addresses("a")).containsExactly("x:1", "x:2");
  }

  @Test
  void theSuccessorDoesNotWaitForEver() throws Exception {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");
    discovery.stop();
    scope.close();
    discovery = component();

    loop.pass(Jobs.INHERITANCE.minusMillis(1));
    assertThat(addresses("a")).containsExactly("x:1");
    loop.pass(Duration.ofMillis(1));
    assertThat(addresses("a")).isEmpty();
  }

  @Test
  void aChangeOfTheJobDoesNotShortenTheSuccessorsWait() throws Exception {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");
    discovery.stop();
    scope.close();
    discovery = component();
    Duration early = Duration.ofMinutes(1);
    loop.pass(early);

    configure(job("a", sd("fake", "1"), statics("h:1")));
    loop.pass(INTERVAL);
    assertThat(addresses("a")).containsExactly("x:1");
    configure(job("a", sd("fake", "2"), statics("h:1")));
    loop.pass(INTERVAL);
    assertThat(addresses("a")).containsExactly("x:1");

    loop.pass(Jobs.INHERITANCE.minus(early).minus(INTERVAL.multipliedBy(2)).minusMillis(1));
    assertThat(addresses("a")).containsExactly("x:1");
    loop.pass(Duration.ofMillis(1));
    assertThat(addresses("a")).containsExactly("h:1");
    assertThat(loop.timers()).isZero();
  }

  @Test
  void aChangeOfTheJobAtTheEndOfTheWaitHoldsItForOneMoreInterval() throws Exception {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    mechanism.last().finds("s", "x:1");
    discovery.stop();
    scope.close();
    discovery = component();
    loop.pass(Jobs.INHERITANCE.minusMillis(1));

    configure(job("a", sd("fake", "1"), statics("h:1")));
    loop.pass(INTERVAL.minusMillis(1));
    assertThat(addresses("a")).containsExactly("x:1");
    loop.pass(Duration.ofMillis(1));
    assertThat(addresses("a")).containsExactly("h:1");
  }

  @Test
  void afterTheStopNothingIsPublished() throws Exception {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    FakeMechanism.FakeDiscovery last = mechanism.last();
    last.finds("s", "x:1");
    last.finds("s", "x:2");
    discovery.stop();
    int before = registry.publications;

    configuration.publish(config());
    last.finds("s", "x:3");
    loop.pass(INTERVAL);

    assertThat(registry.publications).isEqualTo(before);
    assertThat(loop.timers()).isZero();
  }

  @Test
  void targetsThatCannotBeScrapedAreCounted() {
    configure(job("a", statics("h:1", "http://h/")));

    assertThat(addresses("a")).containsExactly("h:1");
    assertThat(scope.values).containsEntry("prometheus_target_sync_failed_total{a}", 1.0);
  }

  @Test
  void aMechanismCannotBreakOthersWithAGroupThatIsNone() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));

    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> mechanism.last().says(new TargetGroup("s", List.of(), null))))
        .hasMessage("a target group has labels, if empty ones");
  }

  @Test
  void tenThousandTargetsOfOneGroupAreThereSoon() {
    bind(mechanism);
    configure(job("a", sd("fake", "1")));
    String[] addresses =
        IntStream.range(0, 10_000).mapToObj(i -> "host-" + i + ":9100").toArray(String[]::new);
    mechanism.last().finds("warm", Arrays.copyOf(addresses, 1_000));
    loop.pass(INTERVAL);

    // The thread's own time: others may keep the processors busy.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    mechanism.last().finds("s", addresses);
    long millis = (threads.getCurrentThreadCpuTime() - start) / 1_000_000;

    System.out.printf("10,000 targets of one group: %d ms of processor time%n", millis);
    assertThat(pool("a").targets()).hasSize(10_000);
    assertThat(millis).isLessThan(1_000);
  }

  private TargetDiscovery component() {
    TargetDiscovery made =
        new TargetDiscovery(
            configuration,
            registry,
            rules -> labels -> labels,
            guard,
            Fakes.flags(Map.of("scrape.discovery-reload-interval", "5s")),
            loop,
            scope,
            loop);
    made.start();
    return made;
  }

  private void bind(FakeMechanism factory) {
    discovery.bindFactory(factory, factory.properties);
  }

  private void configure(ScrapeConfig... jobs) {
    configuration.publish(config(jobs));
  }

  private TargetPool pool(String name) {
    return registry.pools().get("config").stream()
        .filter(pool -> pool.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> addresses(String pool) {
    return pool(pool).targets().stream().map(t -> t.labels().get("instance")).toList();
  }

  private static PrometheusConfig config(ScrapeConfig... jobs) {
    Duration minute = Duration.ofMinutes(1);
    return new PrometheusConfig(
        "test",
        new GlobalConfig(minute, minute, minute, Labels.EMPTY),
        List.of(jobs),
        RuleSettings.NONE,
        PrometheusConfig.DEFAULT_MAX_EXEMPLARS,
        0,
        "");
  }

  private static ScrapeConfig job(String name, Object... parts) {
    return new ScrapeConfig(
        name,
        Duration.ofMinutes(1),
        Duration.ofSeconds(10),
        "/metrics",
        "http",
        Map.of(),
        ScrapeOptions.DEFAULT,
        List.of(),
        0,
        0,
        Arrays.stream(parts)
            .filter(StaticTargets.class::isInstance)
            .map(StaticTargets.class::cast)
            .toList(),
        Arrays.stream(parts)
            .filter(DiscoveryConfig.class::isInstance)
            .map(DiscoveryConfig.class::cast)
            .toList());
  }

  private static StaticTargets statics(String... addresses) {
    return new StaticTargets(List.of(addresses), Labels.EMPTY);
  }

  private static DiscoveryConfig sd(String mechanism, String key) {
    return new DiscoveryConfig(
        mechanism,
        new ConfigNode.Mapping(Position.START, List.of(entry("key", key))),
        Path.of("/etc"));
  }

  private static ConfigNode.Entry entry(String key, String value) {
    return new ConfigNode.Entry(
        key, Position.START, new ConfigNode.Scalar(Position.START, value, true, false));
  }
}
