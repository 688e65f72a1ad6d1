package io.narthex.http.client.internal.exchange;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The routes of a session, made once for each URL. Each has an event loop of its own, so that all
 * of a request runs on the loop of its connection. May be used from any thread.
 */
final class Routes {
  private static final int KEPT = 8192;

  private final Vertx vertx;
  private final ConcurrentMap<URI, Route> routes = new ConcurrentHashMap<>();

  Routes(Vertx vertx) {
    this.vertx = vertx;
  }

  Route of(URI url) {
    Route known = routes.get(url);
    if (known != null) {
      return known;
    }
    Route route = Route.of(url, newContext());
    if (routes.size() >= KEPT) {
      routes.clear();
    }
    routes.put(url, route);
    return route;
  }

  /** The route of a redirect, which runs where the request began. */
  static Route redirected(URI url, Context context) {
    return Route.of(url, context);
  }

  private Context newContext() {
    // The public way would tie all that one thread asks for to one event loop.
    return vertx instanceof VertxInternal internal
        ? internal.createEventLoopContext()
        : vertx.getOrCreateContext();
  }
}
