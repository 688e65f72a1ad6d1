package io.narthex.http.api.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.SelectorParser;
import io.narthex.api.readiness.ReadinessCheck;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.storage.Storage;
import io.narthex.api.target.ScrapedTargets;
import io.narthex.api.time.Clock;
import io.narthex.http.api.internal.answer.Answers;
import io.narthex.http.api.internal.answer.Cors;
import io.narthex.http.api.internal.json.BuildInfoBody;
import io.narthex.spi.http.RouteProvider;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * Mounts upstream's HTTP API. The engine, the storage and the targets may come and go while it
 * runs: what needs one that is away answers 503 and names the bundle.
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

  /** Requests that may wait for a thread that reads series or labels. */
  private static final int READER_QUEUE = 256;

  private final Cors cors;
  private final Answers answers;
  private final QueryRoutes queries;
  private final SeriesRoutes series;
  private final TargetsRoute targetsRoute;
  private final RuntimeInfo runtimeInfo;
  private final BuildInfoBody buildInfo;
  private volatile @Nullable QueryEngine engine;
  private volatile @Nullable Storage storage;
  private volatile @Nullable SelectorParser selectorParser;
  private volatile @Nullable ScrapedTargets targets;
  private volatile boolean mounted;

  /** Reads the flags; the routes answer once they are mounted. */
  @Activate
  public ApiRoutes(
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    String hostName = HostName.find();
    this.cors = new Cors(flags.get("web.cors.origin"));
    this.answers = new Answers(scope.pool("encoder", threads, ENCODER_QUEUE));
    this.queries = new QueryRoutes(() -> engine, clock, answers);
    this.series =
        new SeriesRoutes(
            () -> storage,
            () -> selectorParser,
            scope.pool("series-reader", threads, READER_QUEUE),
            answers);
    this.targetsRoute = new TargetsRoute(() -> targets, new GlobalUrls(hostName), answers);
    this.runtimeInfo = new RuntimeInfo(clock, hostName, flags.get("storage.tsdb.retention.time"));
    this.buildInfo = new BuildInfoBody(flags.upstreamVersion(), flags.narthexVersion());
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindEngine(QueryEngine bound) {
    engine = bound;
  }

  // DS binds the next one first: what goes may not be the one in use any more.
  synchronized void unbindEngine(QueryEngine gone) {
    if (gone.equals(engine)) {
      engine = null;
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindStorage(Storage bound) {
    storage = bound;
  }

  synchronized void unbindStorage(Storage gone) {
    if (gone.equals(storage)) {
      storage = null;
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindSelectorParser(SelectorParser bound) {
    selectorParser = bound;
  }

  synchronized void unbindSelectorParser(SelectorParser gone) {
    if (gone.equals(selectorParser)) {
      selectorParser = null;
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void bindTargets(ScrapedTargets bound) {
    targets = bound;
  }

  synchronized void unbindTargets(ScrapedTargets gone) {
    if (gone.equals(targets)) {
      targets = null;
    }
  }

  @Override
  public void mount(Router router) {
    add(router, "/query", queries::instant, HttpMethod.GET, HttpMethod.POST);
    add(router, "/query_range", queries::range, HttpMethod.GET, HttpMethod.POST);
    add(router, "/series", series::series, HttpMethod.GET, HttpMethod.POST);
    add(router, "/labels", series::names, HttpMethod.GET, HttpMethod.POST);
    add(router, "/label/:name/values", series::values, HttpMethod.GET);
    add(router, "/targets", targetsRoute::handle, HttpMethod.GET);
    add(
        router,
        "/status/buildinfo",
        context -> answers.success(context, buildInfo),
        HttpMethod.GET);
    add(
        router,
        "/status/runtimeinfo",
        context -> answers.success(context, runtimeInfo),
        HttpMethod.GET);
    router.options("/*").handler(this::options);
    NotYet.mount(router, answers);
    router.route().handler(context -> Answers.plain(context, 404, "404 page not found"));
    mounted = true;
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

  private void add(
      Router router, String path, Handler<RoutingContext> handler, HttpMethod... methods) {
    Set<String> allowed = new TreeSet<>(Set.of("OPTIONS"));
    for (HttpMethod method : methods) {
      allowed.add(method.name());
      router
          .route(method, path)
          .handler(
              context -> {
                cors.apply(context.request(), context.response());
                handler.handle(context);
              });
    }
    router
        .route(path)
        .handler(
            context -> {
              if (context.request().method().equals(HttpMethod.OPTIONS)) {
                context.next();
                return;
              }
              context.response().putHeader("Allow", String.join(", ", allowed));
              Answers.plain(context, 405, "Method Not Allowed");
            });
  }

  private void options(RoutingContext context) {
    cors.apply(context.request(), context.response());
    context.response().setStatusCode(204).end();
  }
}
