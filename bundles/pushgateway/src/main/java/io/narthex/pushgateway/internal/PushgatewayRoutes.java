package io.narthex.pushgateway.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.narthex.pushgateway.internal.group.GroupLabels;
import io.narthex.pushgateway.internal.group.GroupLimits;
import io.narthex.pushgateway.internal.group.Groups;
import io.narthex.pushgateway.internal.intake.IntakeMemory;
import io.narthex.pushgateway.internal.web.Answer;
import io.narthex.pushgateway.internal.web.BodyBudget;
import io.narthex.pushgateway.internal.web.PendingAnswer;
import io.narthex.pushgateway.internal.web.PushBody;
import io.narthex.pushgateway.internal.web.PushMetrics;
import io.narthex.pushgateway.internal.web.RequestPath;
import io.narthex.spi.http.RouteProvider;
import io.narthex.spi.state.KeyedLogStore;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferenceScope;

/**
 * Takes pushed metrics and exposes them, as upstream's Pushgateway does. The store of the groups
 * may come and go: without it pushes are answered with 503, and what was pushed is exposed on.
 */
// Immediate: whoever mounts the routes may give the service back, and the routes must stay.
@Component(
    immediate = true,
    service = RouteProvider.class,
    property = RouteProvider.MOUNT + "=" + PushgatewayRoutes.MOUNT_PATH)
public final class PushgatewayRoutes implements RouteProvider {
  static final String MOUNT_PATH = "/pushgateway";

  private static final String ADMIN_FLAG = "web.enable-admin-api";
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Pages that may wait to be written. */
  private static final int PAGE_QUEUE = 64;

  private static final Answer NOT_FOUND = new Answer(404, "404 page not found");

  private final boolean admin;
  private final Groups groups;
  private final GroupStore store;
  private final PushMetrics metrics;
  private final PushLanes lanes;
  private final PushRoute push;
  private final PageRoutes pages;

  /** The routes answer once they are mounted. */
  @Activate
  public PushgatewayRoutes(
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference PluginGuard guard,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this(
        flags,
        clock,
        guard,
        scope,
        GroupLimits.forHeap(Runtime.getRuntime().maxMemory()),
        bodyBytes(),
        RETRY);
  }

  PushgatewayRoutes(
      ServerFlags flags,
      Clock clock,
      PluginGuard guard,
      BundleScope scope,
      GroupLimits limits,
      long bodyBytes,
      Duration retry) {
    this.admin = flags.isOn(ADMIN_FLAG);
    this.groups = new Groups(limits);
    this.metrics = new PushMetrics(scope.metrics());
    BodyBudget budget = new BodyBudget(bodyBytes);
    IntakeMemory memory = new IntakeMemory(limits.totalBytes());
    gauges(scope, groups, budget, memory);
    // The store before the lanes, so that it is closed after their threads have ended.
    this.store = scope.own(new GroupStore(groups, guard, scope.scheduler("push-state"), retry));
    this.lanes = new PushLanes(scope);
    this.push = new PushRoute(groups, lanes, budget, memory, metrics, clock);
    ExecutorService writer = scope.pool("push-page", 1, PAGE_QUEUE);
    this.pages = new PageRoutes(groups, flags, metrics, clock, writer);
  }

  private static void gauges(
      BundleScope scope, Groups groups, BodyBudget budget, IntakeMemory memory) {
    scope.metrics().gauge("narthex_pushgateway_groups", "Groups of pushed metrics.", groups::size);
    scope
        .metrics()
        .gauge(
            "narthex_pushgateway_groups_bytes",
            "About how much memory the pushed metrics take.",
            groups::bytes);
    scope
        .metrics()
        .gauge(
            "narthex_pushgateway_body_bytes",
            "Memory that the bodies of pushes take now.",
            budget::taken);
    scope
        .metrics()
        .gauge(
            "narthex_pushgateway_intake_bytes",
            "About how much memory takes what is being read of pushes now.",
            memory::taken);
  }

  /** A sixteenth of the heap, but a largest body must always fit, as it came and unzipped. */
  private static long bodyBytes() {
    return Math.max(2L * PushBody.MAX_BYTES, Runtime.getRuntime().maxMemory() / 16);
  }

  @Reference(
      service = KeyedLogStore.class,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC)
  void bindStore(ComponentServiceObjects<KeyedLogStore> bound) {
    store.bind(bound);
  }

  void unbindStore(ComponentServiceObjects<KeyedLogStore> gone) {
    store.unbind(gone);
  }

  @Deactivate
  void stop() {
    lanes.stop();
  }

  @Override
  public void mount(Router router) {
    router.route().handler(this::handle);
  }

  private void handle(RoutingContext context) {
    String raw = context.request().path();
    String path =
        raw != null && raw.startsWith(MOUNT_PATH)
            ? RequestPath.decode(raw.substring(MOUNT_PATH.length()))
            : null;
    if (path == null) {
      refuse(
          context, new Answer(400, "the path %s must be UTF-8 in percent escapes".formatted(raw)));
      return;
    }
    String clean = RequestPath.clean(path);
    if (!clean.equals(path)) {
      redirect(context, clean);
    } else if (PushRoute.covers(path)) {
      group(context, path);
    } else {
      page(context, path);
    }
  }

  private void group(RoutingContext context, String path) {
    HttpMethod method = context.request().method();
    if (method.equals(HttpMethod.PUT)
        || method.equals(HttpMethod.POST)
        || method.equals(HttpMethod.DELETE)) {
      push.handle(context, path);
    } else {
      otherMethod(context, "DELETE, OPTIONS, POST, PUT");
    }
  }

  private void page(RoutingContext context, String path) {
    switch (path) {
      case "/metrics" -> get(context, () -> pages.metrics(context));
      case "/-/healthy" -> get(context, () -> pages.state(context, "healthy"));
      case "/-/ready" -> get(context, () -> pages.state(context, "ready"));
      case "/api/v1/metrics" -> api(context, () -> pages.apiMetrics(context));
      case "/api/v1/status" -> api(context, () -> pages.apiStatus(context));
      case "/api/v1/admin/wipe" -> wipe(context);
      case "/", "/status" ->
          refuse(
              context,
              new Answer(
                  404,
                  "the pushgateway has no pages for people yet: see %s/metrics and"
                          .formatted(MOUNT_PATH)
                      + " %s/api/v1/metrics".formatted(MOUNT_PATH)));
      case "/-/quit" ->
          refuse(
              context,
              new Answer(
                  403,
                  "the pushgateway is a part of the server and does not quit alone:"
                      + " PUT /-/quit stops the server"));
      default -> refuse(context, NOT_FOUND);
    }
  }

  private void get(RoutingContext context, Runnable handler) {
    if (context.request().method().equals(HttpMethod.GET)) {
      handler.run();
    } else {
      otherMethod(context, "GET, OPTIONS");
    }
  }

  private void api(RoutingContext context, Runnable handler) {
    if (context.request().method().equals(HttpMethod.OPTIONS)) {
      pages.apiOptions(context);
    } else {
      get(context, handler);
    }
  }

  private void wipe(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.method().equals(HttpMethod.OPTIONS)) {
      pages.apiOptions(context);
    } else if (!admin) {
      refuse(context, new Answer(404, "wiping needs to be enabled with --" + ADMIN_FLAG));
    } else if (request.method().equals(HttpMethod.PUT)) {
      PendingAnswer pending =
          new PendingAnswer(context, status -> metrics.answered("wipe", status, request));
      PushBody.drop(request);
      lanes.run(
          GroupLabels.of(Map.of("job", "wipe")),
          pending,
          () -> Answer.of(groups.wipe(), 202),
          () -> {});
    } else {
      otherMethod(context, "OPTIONS, PUT");
    }
  }

  private void otherMethod(RoutingContext context, String allowed) {
    context.response().putHeader("Allow", allowed);
    if (context.request().method().equals(HttpMethod.OPTIONS)) {
      PushBody.drop(context.request());
      context.response().end();
    } else {
      refuse(context, new Answer(405, "Method Not Allowed"));
    }
  }

  private static void redirect(RoutingContext context, String clean) {
    String query = context.request().query();
    context
        .response()
        .putHeader(
            HttpHeaders.LOCATION,
            MOUNT_PATH + RequestPath.encode(clean) + (query == null ? "" : "?" + query));
    PushBody.drop(context.request());
    context.response().setStatusCode(301).end();
  }

  private static void refuse(RoutingContext context, Answer answer) {
    PendingAnswer.send(context.response(), answer);
    PushBody.drop(context.request());
  }
}
