package io.narthex.http.api.internal.answer;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds measured routes that treat other methods and a slash at the end as upstream's router does.
 */
public final class Endpoints {
  private final String mount;
  private final Router router;
  private final HandlerMetrics metrics;

  /**
   * Adds to a router.
   *
   * @param mount where the router is mounted; stands before the paths in the metrics
   */
  public Endpoints(String mount, Router router, HandlerMetrics metrics) {
    this.mount = mount;
    this.router = router;
    this.metrics = metrics;
  }

  /** Adds a handler for a path and some methods; all others get 405. */
  public void add(String path, Handler<RoutingContext> handler, HttpMethod... methods) {
    HandlerMetrics.Handled measured = metrics.of(mount + path);
    Set<String> allowed = new TreeSet<>(Set.of("OPTIONS"));
    for (HttpMethod method : methods) {
      allowed.add(method.name());
      route(path)
          .method(method)
          .handler(
              context -> {
                if (endsInSlash(context)) {
                  redirect(context);
                } else {
                  measured.measure(context);
                  handler.handle(context);
                }
              });
    }
    String allow = String.join(", ", allowed);
    route(path)
        .handler(
            context -> {
              if (context.request().method().equals(HttpMethod.OPTIONS) || endsInSlash(context)) {
                context.next();
              } else {
                context.response().putHeader(HttpHeaders.ALLOW, allow);
                Answers.plain(context, 405, "Method Not Allowed");
              }
            });
  }

  /**
   * Parameters of a path as a pattern without groups: Vert.x would decode those, and the query with
   * them, and refuse a request for a bad escape that upstream ignores.
   */
  private Route route(String path) {
    return path.contains("/:")
        ? router.routeWithRegex(path.replaceAll("/:\\w+", "/[^/]+") + "/?")
        : router.route(path);
  }

  /** Answers {@code OPTIONS} for all paths, those that nobody has among them. */
  public void options(Handler<RoutingContext> handler) {
    HandlerMetrics.Handled measured = metrics.of(mount + "/*path");
    router
        .options("/*")
        .handler(
            context -> {
              measured.measure(context);
              handler.handle(context);
            });
  }

  private static boolean endsInSlash(RoutingContext context) {
    return context.normalizedPath().endsWith("/");
  }

  private static void redirect(RoutingContext context) {
    String path = context.normalizedPath();
    String query = context.request().query();
    context
        .response()
        .setStatusCode(context.request().method().equals(HttpMethod.GET) ? 301 : 307)
        .putHeader(
            HttpHeaders.LOCATION,
            path.substring(0, path.length() - 1) + (query == null ? "" : "?" + query))
        .end();
  }
}
