package io.narthex.exporter.host.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.exporter.InProcessExporters;
import io.narthex.spi.http.RouteProvider;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows what an exporter has, as another server or a person would scrape it. */
// Immediate: whoever mounts the routes may give the service back, and the routes must stay.
@Component(
    immediate = true,
    service = RouteProvider.class,
    property = RouteProvider.MOUNT + "=/exporters")
public final class ExporterRoutes implements RouteProvider {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String PLAIN = "text/plain; charset=utf-8";

  /** A scraper's own limit in seconds; we take it, up to the default. */
  private static final String SCRAPE_TIMEOUT = "X-Prometheus-Scrape-Timeout-Seconds";

  private static final double MAX_SECONDS = 10;

  private final InProcessExporters exporters;

  /** Collects from these. */
  @Activate
  public ExporterRoutes(@Reference InProcessExporters exporters) {
    this.exporters = exporters;
  }

  @Override
  public void mount(Router router) {
    router.get("/:name/metrics").handler(this::metrics);
    router.route().handler(context -> plain(context.response(), 404, "404 page not found"));
  }

  private void metrics(RoutingContext context) {
    Context eventLoop = context.vertx().getOrCreateContext();
    String name = context.pathParam("name");
    Duration limit = limit(context.request().getHeader(SCRAPE_TIMEOUT));
    exporters
        .collect(name == null ? "" : name, limit)
        .whenComplete(
            (text, failure) ->
                eventLoop.runOnContext(ignored -> answer(context.response(), text, failure)));
  }

  private static Duration limit(@Nullable String header) {
    double seconds = MAX_SECONDS;
    if (header != null && header.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
      seconds = Math.clamp(Double.parseDouble(header), 0.001, MAX_SECONDS);
    }
    return Duration.ofMillis((long) (seconds * 1000));
  }

  private static void answer(
      HttpServerResponse response, byte @Nullable [] text, @Nullable Throwable failure) {
    if (response.closed()) {
      return;
    }
    if (text != null) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(Buffer.buffer(text));
      return;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    plain(
        response, status(cause), cause == null ? "no answer" : String.valueOf(cause.getMessage()));
  }

  private static int status(@Nullable Throwable cause) {
    if (!(cause instanceof NarthexException e)) {
      return 500;
    }
    return switch (e.code().kind()) {
      case NOT_FOUND -> 404;
      case TIMEOUT, UNAVAILABLE, RESOURCES, CANCELED -> 503;
      case BAD_DATA, EXECUTION, INTERNAL -> 500;
    };
  }

  private static void plain(HttpServerResponse response, int status, String line) {
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, PLAIN)
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(line + "\n");
  }
}
