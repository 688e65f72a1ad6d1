package io.narthex.rules.internal;

import io.narthex.api.alerting.AlertSink;
import io.narthex.api.cluster.Ownership;
import io.narthex.api.config.ConfigurationFollower;
import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.query.ExpressionParser;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.relabel.Relabelling;
import io.narthex.api.rules.RuleGroup;
import io.narthex.api.rules.RuleGroups;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.storage.Storage;
import io.narthex.api.template.TemplateEngine;
import io.narthex.api.time.Clock;
import io.narthex.rules.internal.evaluate.Alarms;
import io.narthex.rules.internal.evaluate.EngineQueries;
import io.narthex.rules.internal.evaluate.GroupServices;
import io.narthex.rules.internal.evaluate.GroupSet;
import io.narthex.rules.internal.evaluate.LoopServices;
import io.narthex.rules.internal.evaluate.Means;
import io.narthex.rules.internal.evaluate.Restoration;
import io.narthex.rules.internal.evaluate.RuleMetrics;
import io.narthex.rules.internal.evaluate.ScheduledAlarms;
import io.narthex.rules.internal.send.AlertOutbox;
import io.narthex.rules.internal.send.ExternalUrl;
import io.narthex.rules.internal.send.SinkDelivery;
import io.narthex.rules.internal.series.AppenderLeases;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * Evaluates the rules of the configuration in force. Storage, query engine, templates, alerting and
 * relabelling may come and go: what needs one that is away is missed and counted, alerts keep their
 * state, and those that are to be sent are kept until they are taken.
 */
@Component(
    immediate = true,
    service = {RuleGroups.class, ConfigurationFollower.class})
public final class RuleEvaluation implements RuleGroups, ConfigurationFollower {
  /** Groups that may wait for a thread; each waits once at most. */
  private static final int GROUP_QUEUE = 10_000;

  private static final long FLUSH_MILLIS = 1000;

  private final CurrentConfiguration configuration;
  private final Bound<Storage> storage = new Bound<>();
  private final Bound<QueryEngine> engine = new Bound<>();
  private final Bound<TemplateEngine> templates = new Bound<>();
  private final Bound<ExpressionParser> expressions = new Bound<>();
  private final Bound<AlertSink> sink = new Bound<>();
  private final Bound<Relabelling> relabelling = new Bound<>();
  private final String externalUrl;
  private final AlertOutbox outbox;
  private final AppenderLeases leases;
  private final GroupSet groups;
  private final RuleReload reload;

  /** Subscribes to the configuration. */
  @Activate
  public RuleEvaluation(
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference CurrentConfiguration configuration,
      @Reference Ownership ownership,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope,
      BundleContext context) {
    this.configuration = configuration;
    this.externalUrl = ExternalUrl.of(flags);
    // Before any thread, so that it closes once none runs.
    this.leases = scope.own(new AppenderLeases());
    this.outbox =
        new AlertOutbox(
            scope.pool("send", 1, 1),
            new SinkDelivery(sink, relabelling, configuration::get),
            clock::wallMillis);
    ScheduledExecutorService scheduler = scope.scheduler("schedule");
    Alarms alarms = new ScheduledAlarms(scheduler, clock);
    Restoration restoration =
        new Restoration(
            flags.duration("rules.alert.for-outage-tolerance"),
            flags.duration("rules.alert.for-grace-period"),
            // Else the server is still starting.
            context.getBundle(0).getState() == Bundle.ACTIVE);
    int threads = Integer.parseInt(flags.get("rules.max-concurrent-evals"));
    this.groups =
        new GroupSet(
            new GroupServices(
                clock,
                new RuleMetrics(scope.metrics()),
                leases,
                outbox,
                flags.duration("rules.alert.resend-delay"),
                restoration),
            new LoopServices(
                clock,
                alarms,
                scope.pool("evaluate", threads, GROUP_QUEUE),
                this::means,
                key -> ownership.owns("rule-group", key)));
    this.reload =
        new RuleReload(
            scope.pool("reload", 1, 1), configuration::get, expressions, templates, groups);
    register(scope.metrics());
    scope.own(configuration.subscribe(ignored -> lookForRules()));
    var unused =
        scheduler.scheduleWithFixedDelay(
            outbox::flush, FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void register(MetricRegistry metrics) {
    metrics.gauge(
        "narthex_rules_alerts_held",
        "Alerts that are kept until alerting takes them.",
        outbox::size);
    metrics.counter(
        "narthex_rules_alerts_dropped_total",
        "Alerts that were dropped because too many were kept.",
        outbox::dropped);
  }

  /** Stops all groups; what they know is in the storage. */
  @Deactivate
  void deactivate() {
    reload.close();
    groups.stop();
  }

  @Override
  public CompletableFuture<Void> follow(PrometheusConfig inForce) {
    return reload.request();
  }

  private Optional<Means> means() {
    Storage store = storage.get();
    QueryEngine queries = engine.get();
    TemplateEngine texts = templates.get();
    Optional<PrometheusConfig> config = configuration.get();
    if (store == null || queries == null || texts == null || config.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Means(
            store,
            new EngineQueries(queries),
            texts,
            config.get().global().externalLabels(),
            externalUrl,
            config.get().rules().queryOffset()));
  }

  private void lookForRules() {
    var unused = reload.request();
  }

  @Override
  public List<RuleGroup> groups() {
    return groups.groups();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindStorage(Storage coming) {
    leases.come(coming);
    storage.bind(coming);
  }

  /** A storage is going: its leases are given back at once, so that it can free its memory. */
  void unbindStorage(Storage going) {
    storage.unbind(going);
    leases.release(going);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindEngine(QueryEngine coming) {
    engine.bind(coming);
  }

  void unbindEngine(QueryEngine going) {
    engine.unbind(going);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindTemplates(TemplateEngine coming) {
    templates.bind(coming);
    lookForRules();
  }

  void unbindTemplates(TemplateEngine going) {
    templates.unbind(going);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindExpressions(ExpressionParser coming) {
    expressions.bind(coming);
    lookForRules();
  }

  void unbindExpressions(ExpressionParser going) {
    expressions.unbind(going);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindSink(AlertSink coming) {
    sink.bind(coming);
    outbox.tellAgain();
  }

  void unbindSink(AlertSink going) {
    sink.unbind(going);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRelabelling(Relabelling coming) {
    relabelling.bind(coming);
    outbox.flush();
  }

  void unbindRelabelling(Relabelling going) {
    relabelling.unbind(going);
  }
}
