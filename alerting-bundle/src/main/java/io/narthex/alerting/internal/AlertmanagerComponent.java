package io.narthex.alerting.internal;

import io.narthex.alerting.internal.alert.AlertIntake;
import io.narthex.alerting.internal.alert.AlertStatus;
import io.narthex.alerting.internal.alert.AlertStore;
import io.narthex.alerting.internal.alert.PostedAlert;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.config.AlertmanagerConfig;
import io.narthex.alerting.internal.config.ConfigFiles;
import io.narthex.alerting.internal.dispatch.AlertGroup;
import io.narthex.alerting.internal.loop.Loop;
import io.narthex.alerting.internal.loop.SchedulerLoop;
import io.narthex.alerting.internal.notify.LogEntryCodec;
import io.narthex.alerting.internal.notify.NotificationLog;
import io.narthex.alerting.internal.notify.NotifierRegistration;
import io.narthex.alerting.internal.notify.NotifierRegistry;
import io.narthex.alerting.internal.notify.Templates;
import io.narthex.alerting.internal.route.RouteTree;
import io.narthex.alerting.internal.silence.SilenceCodec;
import io.narthex.alerting.internal.silence.Silences;
import io.narthex.alerting.internal.state.StateLog;
import io.narthex.api.alerting.Alert;
import io.narthex.api.cluster.Ownership;
import io.narthex.api.config.CompanionConfiguration;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.model.Labels;
import io.narthex.api.notification.Notifications;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.template.TemplateEngine;
import io.narthex.api.time.Clock;
import io.narthex.spi.notify.NotifierFactory;
import io.narthex.spi.state.KeyedLogStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Alertmanager as a component. It loads its configuration when it is activated, when it is
 * asked, and with each reload of the server's, which it answers for. A bad file at the start of the
 * server ends the process with exit code 1, as upstream does; later, the configuration in force
 * stays. Notifiers come and go without it noticing more than that.
 */
@Component(
    immediate = true,
    service = {Alertmanager.class, CompanionConfiguration.class})
public final class AlertmanagerComponent implements Alertmanager, CompanionConfiguration {
  private static final Logger logger = LoggerFactory.getLogger(AlertmanagerComponent.class);

  private static final String SILENCES = "alerting-silences";
  private static final String NOTIFICATIONS = "alerting-notifications";

  private static final long UPKEEP_MINUTES = 15;
  private static final long COLLECT_MINUTES = 30;
  private static final long METRICS_SECONDS = 5;

  /** How long a stop waits for deliveries that are under way, so that none is made twice. */
  private static final long STOP_MILLIS = 5_000;

  private final Clock clock;
  private final BundleScope scope;
  private final ServerProcess process;
  private final NotifierRegistry registry = new NotifierRegistry();
  private final StateLogs states;
  private final Silences silences;
  private final NotificationLog notificationLog;
  private final AlertStore store;
  private final AlertIntake intake;
  private final AlertingEngine engine;
  private final AlertingMetrics metrics;
  private final LoadStatus status;
  private final ConfigurationFile file;
  private final ConfigurationLoading loading;
  private final AttemptQueue attempts;

  /** Takes what it needs; notifiers come one by one after that, then {@link #start}. */
  @Activate
  public AlertmanagerComponent(
      @Reference ServerFlags flags,
      @Reference PluginGuard guard,
      @Reference Ownership ownership,
      @Reference TemplateEngine templateEngine,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE) ComponentServiceObjects<KeyedLogStore> stores,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope,
      BundleContext context) {
    this.clock = clock;
    this.scope = scope;
    this.process = new ServerProcess(context, clock);
    AlertingLimits limits = AlertingLimits.forHeap(Runtime.getRuntime().maxMemory());
    this.states = scope.own(new StateLogs(guard, stores));
    this.silences =
        new Silences(
            new StateLog<>(states.open(SILENCES), new SilenceCodec()), clock, limits.ofSilences());
    this.notificationLog =
        new NotificationLog(
            new StateLog<>(states.open(NOTIFICATIONS), new LogEntryCodec()),
            clock,
            limits.retention());
    this.store = new AlertStore(clock, limits.alerts());
    this.intake = new AlertIntake(store, clock, scope.metrics());
    Loop loop = new SchedulerLoop(scope.scheduler("dispatch"), clock);
    this.engine =
        new AlertingEngine(
            new AlertingEngine.Means(
                store,
                silences,
                notificationLog,
                registry,
                guard,
                ownership,
                loop,
                clock,
                ExternalUrl.of(flags),
                () -> ThreadLocalRandom.current().nextDouble()),
            limits,
            scope.metrics());
    this.metrics = new AlertingMetrics(store, silences, notificationLog, limits, scope.metrics());
    this.status = new LoadStatus(clock, scope.metrics());
    this.file = new ConfigurationFile(flags, ConfigFiles.local());
    this.loading =
        new ConfigurationLoading(
            file, process, registry, new Templates(templateEngine), guard, engine, status);
    this.attempts =
        new AttemptQueue(
            scope.pool("reload", 1, 1),
            () -> loading.load("alerting configuration reloaded"),
            clock);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void bindNotifications(Notifications notifications) {
    status.add(notifications);
  }

  void unbindNotifications(Notifications notifications) {
    status.remove(notifications);
  }

  @Reference(
      service = NotifierFactory.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindFactory(
      ComponentServiceObjects<NotifierFactory> factory, Map<String, Object> properties) {
    add(factory, properties);
    engine.followNotifiers();
  }

  void updatedFactory(
      ComponentServiceObjects<NotifierFactory> factory, Map<String, Object> properties) {
    registry.remove(NotifierRegistration.serviceId(properties));
    add(factory, properties);
    engine.followNotifiers();
  }

  void unbindFactory(Map<String, Object> properties) {
    registry.remove(NotifierRegistration.serviceId(properties));
    engine.followNotifiers();
  }

  private void add(
      ComponentServiceObjects<NotifierFactory> factory, Map<String, Object> properties) {
    try {
      registry.add(NotifierRegistration.of(factory, properties));
    } catch (IllegalArgumentException e) {
      logger.atWarn().addKeyValue("reason", e.getMessage()).log("a notifier is not used");
    }
  }

  @Activate
  void start() {
    silences.load().forEach(lost -> lost("silence", lost));
    notificationLog.load().forEach(lost -> lost("notification", lost));
    boolean first = process.isFirstStart();
    LoadAttempt attempt = loading.load("alerting configuration loaded");
    if (first && !attempt.isSuccessful()) {
      process.fail(attempt.problems());
      return;
    }
    keepUp();
  }

  private static void lost(String what, String problem) {
    logger.atError().addKeyValue("problem", problem).log("a " + what + " is lost");
  }

  private void keepUp() {
    var scheduler = scope.scheduler("upkeep");
    Upkeep upkeep = new Upkeep(silences::collect, notificationLog::collect, scope.metrics());
    scheduler.scheduleWithFixedDelay(upkeep::run, 1, UPKEEP_MINUTES, TimeUnit.MINUTES);
    scheduler.scheduleWithFixedDelay(
        store::collect, COLLECT_MINUTES, COLLECT_MINUTES, TimeUnit.MINUTES);
    scheduler.scheduleWithFixedDelay(this::count, 0, METRICS_SECONDS, TimeUnit.SECONDS);
  }

  private void count() {
    metrics.refresh(
        alert ->
            engine
                .running()
                .map(running -> engine.status(alert.labels(), running).state())
                .orElse(AlertStatus.State.UNPROCESSED),
        clock.wallMillis());
  }

  @Deactivate
  void stop() {
    attempts.close();
    try {
      engine.stop().get(STOP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      logger.atWarn().log("some notifications are still being delivered; they may be sent again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Running running() {
    return engine
        .running()
        .orElseThrow(
            () ->
                new NarthexException(
                    AlertingErrors.NO_CONFIGURATION,
                    "no alerting configuration is in force: the file has errors, which are in the"
                        + " log; correct it and reload"));
  }

  @Override
  public AlertmanagerConfig config() {
    return running().config();
  }

  @Override
  public RouteTree routes() {
    return running().routes();
  }

  @Override
  public Instant startedAt() {
    return process.startedAt();
  }

  @Override
  public List<String> accept(List<PostedAlert> alerts) {
    Duration resolveTimeout = running().config().resolveTimeout();
    return intake.accept(alerts, resolveTimeout);
  }

  @Override
  public void receive(List<Alert> alerts) {
    intake.receive(alerts);
  }

  @Override
  public List<StoredAlert> alerts() {
    running();
    return store.snapshot();
  }

  @Override
  public List<AlertGroup> groups() {
    return running().dispatcher().groups();
  }

  @Override
  public AlertStatus status(Labels alert) {
    return engine.status(alert, running());
  }

  @Override
  public Silences silences() {
    return silences;
  }

  @Override
  public Optional<String> file() {
    return file.name();
  }

  @Override
  public CompletableFuture<LoadAttempt> reload() {
    return attempts.add();
  }
}
