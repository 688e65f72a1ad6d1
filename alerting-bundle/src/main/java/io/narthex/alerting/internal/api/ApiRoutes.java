package io.narthex.alerting.internal.api;

import io.narthex.alerting.internal.Alertmanager;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.narthex.spi.http.RouteProvider;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/** Upstream's paths of the Alertmanager below {@code /alertmanager}. */
// Immediate: whoever mounts the routes may give the service back, and the routes must stay.
@Component(
    immediate = true,
    service = RouteProvider.class,
    property = RouteProvider.MOUNT + "=" + ApiRoutes.MOUNT_PATH)
public final class ApiRoutes implements RouteProvider {
  static final String MOUNT_PATH = "/alertmanager";

  private static final int THREADS = 4;
  private static final int QUEUE = 256;

  /** Enough for a few of the largest bodies. */
  private static final long BODY_BYTES = 3L * V2Routes.MAX_ALERT_BYTES;

  /** The page of ours that shows alerts. */
  private static final String UI = "/alerts";

  private static final String REMOVED =
      "The Alertmanager v1 API was deprecated in version 0.16.0 and is removed as of version 0.27.0"
          + " - please use the equivalent route in the v2 API";

  private final Alertmanager alertmanager;
  private final V2Routes v2;

  /** Requests are answered once the routes are mounted. */
  @Activate
  public ApiRoutes(
      @Reference Alertmanager alertmanager,
      @Reference ServerFlags flags,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.alertmanager = alertmanager;
    RequestBody.Budget budget = new RequestBody.Budget(BODY_BYTES);
    scope
        .metrics()
        .gauge(
            "narthex_alerting_api_body_bytes",
            "Memory that the bodies of requests to the Alertmanager's API take now.",
            budget::taken);
    this.v2 =
        new V2Routes(
            alertmanager,
            clock,
            new Desk(scope.pool("api", THREADS, QUEUE)),
            budget,
            flags.narthexVersion());
  }

  @Override
  public void mount(Router router) {
    v2.mount(router);
    router.route("/api/v1/*").handler(ApiRoutes::removed);
    get(router, "/-/healthy", context -> Desk.line(context, 200, "OK"));
    get(router, "/-/ready", context -> Desk.line(context, 200, "OK"));
    router.post("/-/reload").handler(this::reload);
    router.route("/-/reload").handler(context -> methodNotAllowed(context, "OPTIONS, POST"));
    get(router, "/", ApiRoutes::toUi);
    router.route().handler(context -> Desk.line(context, 404, "404 page not found\n"));
  }

  private static void get(Router router, String path, Handler<RoutingContext> handler) {
    router.get(path).handler(handler);
    router.head(path).handler(context -> Desk.send(context, Answer.empty(200)));
    router.route(path).handler(context -> methodNotAllowed(context, "GET, HEAD, OPTIONS"));
  }

  private static void methodNotAllowed(RoutingContext context, String allowed) {
    context.response().putHeader(HttpHeaders.ALLOW, allowed);
    if (context.request().method().equals(HttpMethod.OPTIONS)) {
      context.response().end();
    } else {
      Desk.line(context, 405, "Method Not Allowed\n");
    }
  }

  private static void toUi(RoutingContext context) {
    context.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, UI).end();
  }

  private static void removed(RoutingContext context) {
    Desk.send(
        context,
        Answer.of(
            410,
            json -> {
              json.writeStartObject();
              json.writeStringField("status", "deprecated");
              json.writeStringField("error", REMOVED);
              json.writeEndObject();
            }));
  }

  private void reload(RoutingContext context) {
    Context eventLoop = context.vertx().getOrCreateContext();
    alertmanager
        .reload()
        .whenComplete(
            (attempt, failure) ->
                eventLoop.runOnContext(
                    ignored -> {
                      if (failure != null) {
                        Desk.line(context, 500, "failed to reload config: %s\n".formatted(failure));
                      } else if (attempt.isSuccessful()) {
                        Desk.send(context, Answer.empty(200));
                      } else {
                        Desk.line(
                            context,
                            500,
                            "failed to reload config: %s\n"
                                .formatted(String.join("\n", attempt.problems())));
                      }
                    }));
  }
}
