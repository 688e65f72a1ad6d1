package io.narthex.alerting.internal;

import io.narthex.alerting.internal.alert.AlertStatus;
import io.narthex.alerting.internal.alert.AlertStore;
import io.narthex.alerting.internal.config.AlertmanagerConfig;
import io.narthex.alerting.internal.config.Receiver;
import io.narthex.alerting.internal.dispatch.DispatchMetrics;
import io.narthex.alerting.internal.dispatch.Dispatcher;
import io.narthex.alerting.internal.dispatch.Pipeline;
import io.narthex.alerting.internal.inhibit.Inhibitor;
import io.narthex.alerting.internal.loop.Loop;
import io.narthex.alerting.internal.notify.Integration;
import io.narthex.alerting.internal.notify.NotificationLog;
import io.narthex.alerting.internal.notify.NotifierRegistry;
import io.narthex.alerting.internal.notify.NotifyMetrics;
import io.narthex.alerting.internal.notify.Teller;
import io.narthex.alerting.internal.route.Route;
import io.narthex.alerting.internal.route.RouteTree;
import io.narthex.alerting.internal.silence.Silencer;
import io.narthex.alerting.internal.silence.Silences;
import io.narthex.api.cluster.Ownership;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.model.Labels;
import io.narthex.api.template.TemplateSet;
import io.narthex.api.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ties alerts, silences, inhibition, groups and notifiers together, and replaces what is made of a
 * configuration by what is made of another: groups are made anew, alerts, silences and the memory
 * of what was told stay.
 */
final class AlertingEngine {
  private static final Logger logger = LoggerFactory.getLogger(AlertingEngine.class);

  private final AlertStore store;
  private final Silencer silencer;
  private final NotifierRegistry registry;
  private final PluginGuard guard;
  private final Ownership ownership;
  private final Loop loop;
  private final Clock clock;
  private final AlertingLimits limits;
  private final NotifyMetrics notifyMetrics;
  private final DispatchMetrics dispatchMetrics;
  private final Gauge receivers;
  private final Gauge integrations;
  private final Gauge inhibitionRules;
  private final Teller teller;

  /** Set on the loop: a load that was under way must not begin anew what has ended. */
  private boolean ended;

  private volatile Optional<Running> running = Optional.empty();

  /** What it works with. */
  record Means(
      AlertStore store,
      Silences silences,
      NotificationLog log,
      NotifierRegistry registry,
      PluginGuard guard,
      Ownership ownership,
      Loop loop,
      Clock clock,
      String externalUrl,
      DoubleSupplier random) {}

  AlertingEngine(Means means, AlertingLimits limits, MetricRegistry metrics) {
    this.store = means.store();
    this.silencer = new Silencer(means.silences(), means.clock());
    this.registry = means.registry();
    this.guard = means.guard();
    this.ownership = means.ownership();
    this.loop = means.loop();
    this.clock = means.clock();
    this.limits = limits;
    this.notifyMetrics = new NotifyMetrics(metrics);
    this.dispatchMetrics = new DispatchMetrics(metrics);
    this.receivers = metrics.gauge("alertmanager_receivers", "Number of configured receivers.");
    this.integrations =
        metrics.gauge("alertmanager_integrations", "Number of configured integrations.");
    this.inhibitionRules =
        metrics.gauge("alertmanager_inhibition_rules", "Number of configured inhibition rules.");
    this.teller = new Teller(means.log(), means.externalUrl(), loop, means.random());
    store.subscribe(silencer);
  }

  Optional<Running> running() {
    return running;
  }

  /** What stands against notifying about such an alert. */
  AlertStatus status(Labels alert, Running current) {
    return new AlertStatus(silencer.silencedBy(alert), current.inhibitor().inhibitedBy(alert));
  }

  /** Puts a configuration in force. Completes when it is. */
  CompletableFuture<Void> apply(AlertmanagerConfig config, TemplateSet templates) {
    CompletableFuture<Void> applied = new CompletableFuture<>();
    loop.run(
        () -> {
          try {
            replace(config, templates);
            applied.complete(null);
          } catch (RuntimeException e) {
            applied.completeExceptionally(e);
          }
        });
    return applied;
  }

  private void replace(AlertmanagerConfig config, TemplateSet templates) {
    if (ended) {
      throw new IllegalStateException("the alerting bundle stops");
    }
    RouteTree routes = new RouteTree(config.route());
    warn(routes);
    Inhibitor inhibitor = new Inhibitor(config.inhibitRules(), clock);
    Map<String, List<Integration>> byReceiver = integrations(config, routes, templates);
    List<Integration> all = byReceiver.values().stream().flatMap(List::stream).toList();
    Pipeline pipeline =
        new Pipeline(config, inhibitor, silencer, byReceiver, teller, notifyMetrics);
    Dispatcher dispatcher =
        new Dispatcher(
            routes, pipeline, ownership, loop, clock, dispatchMetrics, limits.ofDispatcher());
    // All that may fail is done; who subscribes is told of all alerts at once.
    running.ifPresent(this::end);
    List<AlertStore.Subscription> subscriptions = new ArrayList<>();
    subscriptions.add(store.subscribe(inhibitor));
    all.forEach(Integration::follow);
    subscriptions.add(store.subscribe(dispatcher));
    running = Optional.of(new Running(config, routes, inhibitor, dispatcher, all, subscriptions));
    receivers.set(byReceiver.size());
    integrations.set(all.size());
    inhibitionRules.set(config.inhibitRules().size());
  }

  /** Of the receivers that a route leads to. */
  private Map<String, List<Integration>> integrations(
      AlertmanagerConfig config, RouteTree routes, TemplateSet templates) {
    Set<String> used = new HashSet<>();
    routes.walk(route -> used.add(route.receiver()));
    Integration.Means means =
        new Integration.Means(config.notifiers(), templates, registry, guard, loop, notifyMetrics);
    Map<String, List<Integration>> byReceiver = new LinkedHashMap<>();
    for (Receiver receiver : config.receivers()) {
      if (used.contains(receiver.name())) {
        byReceiver.put(
            receiver.name(),
            receiver.entries().stream()
                .map(entry -> new Integration(receiver.name(), entry, means))
                .toList());
      } else {
        logger
            .atInfo()
            .addKeyValue("receiver", receiver.name())
            .log("no route leads to the receiver, it is left out");
      }
    }
    return byReceiver;
  }

  private void warn(RouteTree routes) {
    routes.walk(
        route -> {
          if (route.repeatInterval().compareTo(limits.retention()) > 0) {
            warn(
                route,
                "repeat_interval is longer than notifications are remembered",
                limits.retention());
          }
          if (route.repeatInterval().compareTo(route.groupInterval()) < 0) {
            warn(
                route,
                "repeat_interval is shorter than group_interval, which counts then",
                route.groupInterval());
          }
        });
  }

  private static void warn(Route route, String text, Duration other) {
    logger
        .atWarn()
        .addKeyValue("route", route.key())
        .addKeyValue("repeat_interval", route.repeatInterval())
        .addKeyValue("other", other)
        .log(text);
  }

  private void end(Running old) {
    old.stop();
    teller.cancel();
    old.integrations().forEach(Integration::close);
  }

  /** Lets go of notifier factories that are gone, and takes those that came. */
  void followNotifiers() {
    loop.run(
        () ->
            running.ifPresent(
                current ->
                    current
                        .integrations()
                        .forEach(
                            integration -> {
                              integration.follow();
                              integration.proceed();
                            })));
  }

  /** Ends everything. Completes when what was being delivered is over. */
  CompletableFuture<Void> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    loop.run(
        () -> {
          ended = true;
          running.ifPresent(this::end);
          teller.idle().whenComplete((idle, failure) -> stopped.complete(null));
        });
    return stopped;
  }
}
