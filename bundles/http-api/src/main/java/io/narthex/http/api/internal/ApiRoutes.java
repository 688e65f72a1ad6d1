package io.narthex.http.api.internal;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.notification.Notifications;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.SelectorParser;
import io.narthex.api.readiness.ReadinessCheck;
import io.narthex.api.relabel.Relabelling;
import io.narthex.api.rules.RuleGroups;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.storage.Storage;
import io.narthex.api.target.ScrapedTargets;
import io.narthex.api.target.TargetRegistry;
import io.narthex.api.time.Clock;
import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.BackgroundReads;
import io.narthex.http.api.internal.answer.Cors;
import io.narthex.http.api.internal.answer.Endpoints;
import io.narthex.http.api.internal.answer.HandlerMetrics;
import io.narthex.http.api.internal.notification.NotificationRoutes;
import io.narthex.http.api.internal.status.StatusRoutes;
import io.narthex.http.api.internal.target.MetadataRoutes;
import io.narthex.http.api.internal.target.RelabelStepsRoute;
import io.narthex.http.api.internal.target.ScrapePools;
import io.narthex.http.api.internal.target.TargetsRoute;
import io.narthex.spi.http.RouteProvider;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * Mounts upstream's HTTP API. The engine, the storage, the targets and so on may come and go while
 * it runs: what needs one that is away answers 503 and names the bundle.
 */
// Immediate: whoever mounts the routes may give the service back, and the routes must stay.
@Component(
    immediate = true,
    service = {RouteProvider.class, ReadinessCheck.class},
    property = RouteProvider.MOUNT + "=" + ApiRoutes.MOUNT_PATH)
public final class ApiRoutes implements RouteProvider, ReadinessCheck {
  static final String MOUNT_PATH = "/api/v1";

  /** Answers that may wait for an encoder thread. */
  private static final int ENCODER_QUEUE = 1024;

  /** Requests that may wait for a thread that reads series, labels or exemplars. */
  private static final int SERIES_QUEUE = 256;

  /** Requests that may wait for a thread that reads targets; not behind a slow storage. */
  private static final int TARGET_QUEUE = 64;

  /** Requests that may wait for a thread that reads rules. */
  private static final int RULE_QUEUE = 64;

  private final HandlerMetrics metrics;
  private final Cors cors;
  private final Answers answers;
  private final QueryRoutes queries;
  private final SeriesRoutes series;
  private final ExemplarRoute exemplars;
  private final TargetsRoute targetsRoute;
  private final MetadataRoutes metadata;
  private final RelabelStepsRoute relabelSteps;
  private final RuleRoutes rules;
  private final StatusRoutes status;
  private final NotificationRoutes notificationRoutes;
  private final Bound<QueryEngine> engine = new Bound<>();
  private final Bound<Storage> storage = new Bound<>();
  private final Bound<SelectorParser> selectorParser = new Bound<>();
  private final Bound<ScrapedTargets> targets = new Bound<>();
  private final Bound<RuleGroups> ruleGroups = new Bound<>();
  private final Bound<Relabelling> relabelling = new Bound<>();
  private final Bound<Notifications> notifications = new Bound<>();
  private volatile boolean mounted;

  /** Reads the flags; the routes answer once they are mounted. */
  @Activate
  public ApiRoutes(
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference CurrentConfiguration configuration,
      @Reference TargetRegistry registry,
      @Reference HandlerMetrics metrics,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    String hostName = HostName.find();
    this.metrics = metrics;
    this.cors = new Cors(flags.get("web.cors.origin"));
    this.answers = new Answers(scope.pool("encoder", threads, ENCODER_QUEUE));
    this.queries = new QueryRoutes(engine, clock, answers);
    BackgroundReads seriesReads =
        new BackgroundReads(
            "series, labels or exemplars",
            scope.pool("series-reader", threads, SERIES_QUEUE),
            answers);
    this.series = new SeriesRoutes(storage, selectorParser, seriesReads, answers);
    this.exemplars = new ExemplarRoute(storage, selectorParser, seriesReads, answers);
    BackgroundReads targetReads =
        new BackgroundReads("targets", scope.pool("target-reader", 1, TARGET_QUEUE), answers);
    ScrapePools pools = new ScrapePools(registry, configuration);
    this.targetsRoute = new TargetsRoute(targets, pools, hostName, targetReads);
    this.metadata = new MetadataRoutes(targets, selectorParser, targetReads);
    this.relabelSteps = new RelabelStepsRoute(relabelling, configuration, pools, targetReads);
    this.rules =
        new RuleRoutes(
            ruleGroups,
            selectorParser,
            new BackgroundReads("rules", scope.pool("rule-reader", 1, RULE_QUEUE), answers));
    this.status = scope.own(new StatusRoutes(configuration, flags, clock, hostName, answers));
    this.notificationRoutes =
        scope.own(
            new NotificationRoutes(
                notifications,
                Integer.parseInt(flags.get("web.max-notifications-subscribers")),
                scope.scheduler("notifications"),
                answers));
    scope
        .metrics()
        .gauge(
            "prometheus_api_notification_active_subscribers",
            "The current number of active notification subscribers.",
            notificationRoutes::subscribers);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindEngine(QueryEngine bound) {
    engine.bind(bound);
  }

  void unbindEngine(QueryEngine gone) {
    engine.unbind(gone);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindStorage(Storage bound) {
    storage.bind(bound);
  }

  void unbindStorage(Storage gone) {
    storage.unbind(gone);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindSelectorParser(SelectorParser bound) {
    selectorParser.bind(bound);
  }

  void unbindSelectorParser(SelectorParser gone) {
    selectorParser.unbind(gone);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindTargets(ScrapedTargets bound) {
    targets.bind(bound);
  }

  void unbindTargets(ScrapedTargets gone) {
    targets.unbind(gone);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRelabelling(Relabelling bound) {
    relabelling.bind(bound);
  }

  void unbindRelabelling(Relabelling gone) {
    relabelling.unbind(gone);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindNotifications(Notifications bound) {
    notifications.bind(bound);
  }

  void unbindNotifications(Notifications gone) {
    notifications.unbind(gone);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRules(RuleGroups bound) {
    ruleGroups.bind(bound);
  }

  void unbindRules(RuleGroups gone) {
    ruleGroups.unbind(gone);
  }

  @Override
  public void mount(Router router) {
    Endpoints endpoints = new Endpoints(MOUNT_PATH, router, metrics);
    getOrPost(endpoints, "/query", queries::instant);
    getOrPost(endpoints, "/query_range", queries::range);
    getOrPost(endpoints, "/query_exemplars", exemplars::handle);
    getOrPost(endpoints, "/series", series::series);
    getOrPost(endpoints, "/labels", series::names);
    get(endpoints, "/label/:name/values", series::values);
    get(endpoints, "/targets", targetsRoute::targets);
    get(endpoints, "/targets/metadata", metadata::byTarget);
    get(endpoints, "/targets/relabel_steps", relabelSteps::handle);
    get(endpoints, "/scrape_pools", targetsRoute::pools);
    get(endpoints, "/metadata", metadata::byMetric);
    get(endpoints, "/rules", rules::rules);
    get(endpoints, "/alerts", rules::alerts);
    get(endpoints, "/status/config", status::config);
    get(endpoints, "/status/flags", status::flags);
    get(endpoints, "/status/buildinfo", status::buildInfo);
    get(endpoints, "/status/runtimeinfo", status::runtimeInfo);
    endpoints.add("/notifications", allowOrigin(notificationRoutes::list), HttpMethod.GET);
    endpoints.add("/notifications/live", allowOrigin(notificationRoutes::live), HttpMethod.GET);
    endpoints.options(compressible(Answers::noContent));
    NotYet.mount(router, answers);
    router.route().handler(context -> Answers.plain(context, 404, "404 page not found"));
    mounted = true;
  }

  private void get(Endpoints endpoints, String path, Handler<RoutingContext> handler) {
    endpoints.add(path, compressible(handler), HttpMethod.GET);
  }

  private void getOrPost(Endpoints endpoints, String path, Handler<RoutingContext> handler) {
    endpoints.add(path, compressible(handler), HttpMethod.GET, HttpMethod.POST);
  }

  private Handler<RoutingContext> compressible(Handler<RoutingContext> handler) {
    Handler<RoutingContext> inner = allowOrigin(handler);
    return context -> {
      context.response().headers().add("Vary", "Accept-Encoding");
      inner.handle(context);
    };
  }

  private Handler<RoutingContext> allowOrigin(Handler<RoutingContext> handler) {
    return context -> {
      cors.apply(context.request(), context.response());
      handler.handle(context);
    };
  }

  @Override
  public String part() {
    return "http-api";
  }

  @Override
  public Optional<String> notReady() {
    return mounted
        ? Optional.empty()
        : Optional.of("the routes of " + MOUNT_PATH + " are not mounted");
  }
}
