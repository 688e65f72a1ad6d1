package io.narthex.ui.internal;

import io.narthex.spi.http.RouteProvider;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Serves the page at {@code /} and at upstream's {@code /query}; upstream's old {@code /graph}
 * leads there. The page reads the query from upstream's parameter {@code g0.expr}.
 */
// Immediate: whoever mounts the routes may give the service back, and the routes must stay.
@Component(immediate = true, service = RouteProvider.class, property = RouteProvider.MOUNT + "=/")
public final class UiRoutes implements RouteProvider {
  /** Nothing from elsewhere, nothing in line. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'self'";

  private final Map<String, PageFile> files = new LinkedHashMap<>();

  /** Reads the files of the page. */
  @Activate
  public UiRoutes() {
    PageFile page = PageFile.read("index.html", "text/html; charset=utf-8");
    files.put("/", page);
    files.put("/query", page);
    files.put("/assets/app.js", PageFile.read("app.js", "text/javascript; charset=utf-8"));
    files.put("/assets/style.css", PageFile.read("style.css", "text/css; charset=utf-8"));
    files.put("/assets/icon.svg", PageFile.read("icon.svg", "image/svg+xml"));
  }

  @Override
  public void mount(Router router) {
    files.forEach(
        (path, file) -> {
          router.get(path).handler(context -> send(context, file));
          router.head(path).handler(context -> send(context, file));
          router.route(path).handler(UiRoutes::refuseMethod);
        });
    router.get("/graph").handler(UiRoutes::redirectToQuery);
    router.route().handler(context -> plain(context.response(), 404, "404 page not found"));
  }

  private static void send(RoutingContext context, PageFile file) {
    HttpServerResponse response = context.response();
    response
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        // Asked again each time, answered with 304: an update of this bundle is seen at once.
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaders.ETAG, file.etag());
    String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && known.contains(file.etag())) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, file.contentType());
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(file.bytes().length)).end();
    } else {
      response.end(Buffer.buffer(file.bytes()));
    }
  }

  private static void redirectToQuery(RoutingContext context) {
    String query = context.request().query();
    context
        .response()
        .setStatusCode(302)
        .putHeader(HttpHeaders.LOCATION, query == null ? "/query" : "/query?" + query)
        .end();
  }

  private static void refuseMethod(RoutingContext context) {
    context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
    plain(context.response(), 405, "Method Not Allowed");
  }

  private static void plain(HttpServerResponse response, int status, String line) {
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(line + "\n");
  }
}
