package io.narthex.http.api.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.readiness.ReadinessCheck;
import io.narthex.api.scope.BundleScope;
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
 * Mounts upstream's HTTP API. The engine and the targets may come and go while it runs: what needs
 * one that is away answers 503 and names the bundle.
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

  private final Cors cors;
  private final Answers answers;
  private final QueryRoutes queries;
  private final TargetsRoute targetsRoute;
  private final BuildInfoBody buildInfo;
  private volatile @Nullable QueryEngine engine;
  private volatile @Nullable ScrapedTargets targets;
  private volatile boolean mounted;

  /** Reads the flags; the routes answer once they are mounted. */
  @Activate
  public ApiRoutes(
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    int encoders = Math.max(2, Runtime.getRuntime().availableProcessors());
    this.cors = new Cors(flags.get("web.cors.origin"));
    this.answers = new Answers(scope.pool("encoder", encoders, ENCODER_QUEUE));
    this.queries = new QueryRoutes(() -> engine, clock, answers);
    this.targetsRoute = new TargetsRoute(() -> targets, new GlobalUrls(HostName.find()), answers);
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
    add(router, "/targets", targetsRoute::handle, HttpMethod.GET);
    add(
        router,
        "/status/buildinfo",
        context -> answers.success(context, buildInfo),
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
