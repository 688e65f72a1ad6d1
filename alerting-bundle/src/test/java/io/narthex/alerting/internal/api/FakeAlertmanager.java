package io.narthex.alerting.internal.api;

import io.narthex.alerting.internal.Alertmanager;
import io.narthex.alerting.internal.FakeKeyedLog;
import io.narthex.alerting.internal.FakeMetrics;
import io.narthex.alerting.internal.alert.AlertIntake;
import io.narthex.alerting.internal.alert.AlertOrder;
import io.narthex.alerting.internal.alert.AlertStatus;
import io.narthex.alerting.internal.alert.AlertStore;
import io.narthex.alerting.internal.alert.PostedAlert;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.config.AlertmanagerConfig;
import io.narthex.alerting.internal.config.AlertmanagerYaml;
import io.narthex.alerting.internal.config.ConfigFiles;
import io.narthex.alerting.internal.config.NotifierKinds;
import io.narthex.alerting.internal.config.NotifierSettings;
import io.narthex.alerting.internal.dispatch.AlertGroup;
import io.narthex.alerting.internal.inhibit.Inhibitor;
import io.narthex.alerting.internal.route.Route;
import io.narthex.alerting.internal.route.RouteTree;
import io.narthex.alerting.internal.silence.Silence;
import io.narthex.alerting.internal.silence.SilenceCodec;
import io.narthex.alerting.internal.silence.SilenceState;
import io.narthex.alerting.internal.silence.Silences;
import io.narthex.alerting.internal.state.StateLog;
import io.narthex.api.alerting.Alert;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.section.Problem;
import io.narthex.api.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An Alertmanager that only holds what the API shows: it groups, and tells nobody. */
final class FakeAlertmanager implements Alertmanager {
  private final Clock clock;
  private final AlertStore store;
  private final AlertIntake intake;
  private final Silences silences;
  private final AlertmanagerConfig config;
  private final RouteTree routes;
  private final Inhibitor inhibitor;

  /** What reloading gives. */
  volatile List<String> reloadProblems = List.of();

  /** Thrown instead of any answer, if set. */
  volatile Optional<NarthexException> unavailable = Optional.empty();

  FakeAlertmanager(String yaml, Clock clock, int alertLimit, FakeKeyedLog log) {
    this.clock = clock;
    this.store = new AlertStore(clock, alertLimit);
    this.intake = new AlertIntake(store, clock, new FakeMetrics());
    this.silences =
        new Silences(
            new StateLog<>(log, new SilenceCodec()),
            clock,
            new Silences.Limits(50, 1000, Duration.ofHours(1)));
    this.config =
        new AlertmanagerYaml(new NoKinds(), ConfigFiles.local())
            .decode("alertmanager.yml", yaml)
            .config();
    this.routes = new RouteTree(config.route());
    this.inhibitor = new Inhibitor(config.inhibitRules(), clock);
    store.subscribe(inhibitor);
  }

  private record NoKinds() implements NotifierKinds {
    @Override
    public boolean isInstalled(String kind) {
      return false;
    }

    @Override
    public boolean mayCome() {
      return false;
    }

    @Override
    public void check(NotifierSettings settings, List<Problem> problems) {}
  }

  @Override
  public AlertmanagerConfig config() {
    unavailable.ifPresent(
        e -> {
          throw e;
        });
    return config;
  }

  @Override
  public RouteTree routes() {
    return routes;
  }

  @Override
  public Instant startedAt() {
    return Instant.parse("2026-01-02T03:04:05.678Z");
  }

  @Override
  public List<String> accept(List<PostedAlert> alerts) {
    return intake.accept(alerts, config().resolveTimeout());
  }

  @Override
  public void receive(List<Alert> alerts) {
    intake.receive(alerts);
  }

  @Override
  public List<StoredAlert> alerts() {
    return store.snapshot();
  }

  /** A group, before it is made. */
  private record Key(Route route, Labels labels) {}

  @Override
  public List<AlertGroup> groups() {
    Map<Key, List<StoredAlert>> groups = new LinkedHashMap<>();
    for (StoredAlert alert : alerts()) {
      for (Route route : routes.match(alert.labels())) {
        groups
            .computeIfAbsent(
                new Key(route, route.groupLabels(alert.labels())), key -> new ArrayList<>())
            .add(alert);
      }
    }
    List<AlertGroup> made = new ArrayList<>();
    groups.forEach(
        (key, alerts) -> {
          alerts.sort(AlertOrder.ALERTS);
          made.add(
              new AlertGroup(
                  key.route(),
                  key.labels(),
                  key.route().groupKey(key.labels()),
                  alerts,
                  mutedBy(key.route())));
        });
    made.sort(
        Comparator.comparing(AlertGroup::labels, AlertOrder.LABELS)
            .thenComparing(AlertGroup::receiver));
    return made;
  }

  private List<String> mutedBy(Route route) {
    Instant now = Instant.ofEpochMilli(clock.wallMillis());
    return route.muteTimeIntervals().stream()
        .filter(
            name ->
                config.timeIntervals().getOrDefault(name, List.of()).stream()
                    .anyMatch(interval -> interval.contains(now)))
        .toList();
  }

  @Override
  public AlertStatus status(Labels alert) {
    return new AlertStatus(
        silences.all().stream()
            .filter(s -> silences.state(s) == SilenceState.ACTIVE && s.matches(alert))
            .map(Silence::id)
            .toList(),
        inhibitor.inhibitedBy(alert));
  }

  @Override
  public Silences silences() {
    return silences;
  }

  @Override
  public CompletableFuture<LoadAttempt> reload() {
    return CompletableFuture.completedFuture(
        new LoadAttempt(Instant.ofEpochMilli(clock.wallMillis()), reloadProblems));
  }
}
