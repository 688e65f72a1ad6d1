package io.narthex.runtime.internal.web;

import io.narthex.runtime.internal.guard.ServiceGuard;
import io.narthex.runtime.internal.readiness.ReadinessBoard;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Answers a request: health and readiness here, everything else by the mount with the longest path
 * that covers the request's. Runs on the event loop of the request's connection.
 */
final class RequestDispatcher implements Handler<HttpServerRequest> {
  /** A handler of a drop-in may hold a thread for this long. */
  private static final Duration PLUGIN_LIMIT = Duration.ofSeconds(60);

  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  private final Vertx vertx;
  private final ServiceGuard guard;
  private final ReadinessBoard readiness;
  private volatile List<Mount> mounts = List.of();
  private volatile Router root;

  /** Routers of sockets on which a mount has a shortcut. */
  private final Map<Shortcut, Router> shortcuts = new ConcurrentHashMap<>();

  RequestDispatcher(Vertx vertx, ServiceGuard guard, ReadinessBoard readiness) {
    this.vertx = vertx;
    this.guard = guard;
    this.readiness = readiness;
    this.root = router(List.of());
  }

  @Override
  public void handle(HttpServerRequest request) {
    handle(request, root);
  }

  /** The router would log a stack trace for a path that it cannot decode. */
  private static void handle(HttpServerRequest request, Router router) {
    String path = request.path();
    if (path != null && BAD_ESCAPE.matcher(path).find()) {
      request
          .response()
          .setStatusCode(400)
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .putHeader("Connection", "close")
          .end("400 Bad Request");
    } else {
      router.handle(request);
    }
  }

  /** Puts a new table in force; requests in progress go on with the old one. */
  synchronized void use(List<Mount> longestFirst) {
    mounts = longestFirst;
    root = router(longestFirst);
    shortcuts.replaceAll((shortcut, old) -> shortcutRouter(shortcut));
  }

  /** What answers on a socket where paths of a mount are known without its own. */
  synchronized Handler<HttpServerRequest> shortcut(Shortcut shortcut) {
    shortcuts.put(shortcut, shortcutRouter(shortcut));
    return request -> handle(request, shortcuts.getOrDefault(shortcut, root));
  }

  private Router shortcutRouter(Shortcut shortcut) {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            request -> {
              String asked = Objects.requireNonNullElse(request.request().path(), "/");
              if (shortcut.covers(asked)) {
                String query = request.request().query();
                request.reroute(shortcut.mount() + asked + (query == null ? "" : "?" + query));
              } else {
                request.next();
              }
            });
    addRoutes(router, mounts);
    return router;
  }

  private Router router(List<Mount> longestFirst) {
    Router router = Router.router(vertx);
    addRoutes(router, longestFirst);
    return router;
  }

  private void addRoutes(Router router, List<Mount> longestFirst) {
    router.route("/-/healthy").handler(this::healthy);
    router.route("/-/ready").handler(this::ready);
    for (Mount mount : longestFirst) {
      Router own = mount.router();
      router.route(mount.path()).handler(request -> atRootOf(mount, request));
      if (own == null) {
        router.route(mount.pattern()).handler(request -> away(request, mount));
      } else if (mount.dropIn()) {
        router.route(mount.pattern()).handler(request -> offTheEventLoop(request, mount, own));
      } else {
        // Not as a sub-router: that would keep this table as long as the mount's router lives.
        router.route(mount.pattern()).handler(own::handleContext);
      }
      // What a mount covers but does not know is not passed on to a shorter one.
      router.route(mount.pattern()).handler(this::notFound);
    }
    router.route().handler(this::notFound);
    router.errorHandler(500, RequestDispatcher::failed);
  }

  /** Lets the mount itself, without a slash, be its router's root. */
  private static void atRootOf(Mount mount, RoutingContext request) {
    if (mount.path().equals(request.request().path()) && !mount.path().equals("/")) {
      String query = request.request().query();
      request.reroute(mount.path() + "/" + (query == null ? "" : "?" + query));
    } else {
      request.next();
    }
  }

  private void healthy(RoutingContext request) {
    if (onlyReads(request)) {
      plain(request, 200, "Prometheus Server is Healthy.\n");
    }
  }

  private void ready(RoutingContext request) {
    if (!onlyReads(request)) {
      return;
    }
    List<String> missing = readiness.missing();
    if (missing.isEmpty()) {
      plain(request, 200, "Prometheus Server is Ready.\n");
    } else {
      plain(request, 503, "Service Unavailable\n" + String.join("\n", missing) + "\n");
    }
  }

  private static boolean onlyReads(RoutingContext request) {
    HttpMethod method = request.request().method();
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      return true;
    }
    plain(request, 405, "Method Not Allowed\n");
    return false;
  }

  private static void away(RoutingContext request, Mount mount) {
    plain(
        request,
        503,
        "Service Unavailable\nnothing answers at %s now: bundle %s is not active\n"
            .formatted(mount.path(), mount.bundle().getSymbolicName()));
  }

  private void offTheEventLoop(RoutingContext request, Mount mount, Router router) {
    request.request().pause();
    guard
        .run(
            mount.bundle(),
            "http",
            PLUGIN_LIMIT,
            () -> {
              request.request().resume();
              router.handleContext(request);
              return mount.path();
            })
        .whenComplete(
            (path, failure) -> {
              if (failure != null && !request.response().ended()) {
                request.fail(failure);
              }
            });
  }

  private void notFound(RoutingContext request) {
    if (readiness.missing().isEmpty()) {
      plain(request, 404, "404 page not found\n");
    } else {
      // Who will answer this path may not have come yet.
      plain(request, 503, "Service Unavailable\n");
    }
  }

  private static void failed(RoutingContext request) {
    if (!request.response().ended()) {
      Throwable why = request.failure();
      plain(request, 500, "Internal Server Error\n" + (why == null ? "" : why.getMessage() + "\n"));
    }
  }

  private static void plain(RoutingContext request, int status, String text) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(text);
  }
}
