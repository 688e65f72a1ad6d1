package io.narthex.http.api.internal.answer;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;

/** Upstream's metrics about HTTP requests, for the handlers of this bundle. */
@Component(service = HandlerMetrics.class)
public final class HandlerMetrics {
  private static final double[] SECONDS = {.1, .2, .4, 1, 3, 8, 20, 60, 120};
  private static final double[] BYTES = {100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private final Clock clock;
  private final Counter requests;
  private final Distribution durations;
  private final Distribution sizes;

  /** Registers the metrics. */
  @Activate
  public HandlerMetrics(
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.clock = clock;
    MetricRegistry metrics = scope.metrics();
    this.requests =
        metrics.counter(
            "prometheus_http_requests_total", "Counter of HTTP requests.", "handler", "code");
    this.durations =
        metrics.histogram(
            "prometheus_http_request_duration_seconds",
            "Histogram of latencies for HTTP requests.",
            SECONDS,
            "handler");
    this.sizes =
        metrics.histogram(
            "prometheus_http_response_size_bytes",
            "Histogram of response size for HTTP requests.",
            BYTES,
            "handler");
  }

  /**
   * The metrics of one handler.
   *
   * @param handler its path with placeholders, as upstream names it
   */
  Handled of(String handler) {
    return new Handled(handler);
  }

  /** Measures the requests of one handler. */
  final class Handled {
    private final String handler;
    private final Distribution duration;
    private final Distribution size;
    private final Map<Integer, Counter> byCode = new ConcurrentHashMap<>();

    private Handled(String handler) {
      this.handler = handler;
      this.duration = durations.labels(handler);
      this.size = sizes.labels(handler);
      // Upstream shows each handler from the start.
      counter(200);
    }

    /** Measures a request from now to its end. */
    void measure(RoutingContext context) {
      long begin = clock.monotonicNanos();
      context.addEndHandler(ignored -> ended(context.response(), begin));
    }

    private void ended(HttpServerResponse response, long begin) {
      // Without a head the client left before there was an answer.
      int code = response.headWritten() ? response.getStatusCode() : ErrorType.CANCELED.status();
      counter(code).inc();
      duration.observe((clock.monotonicNanos() - begin) / 1e9);
      size.observe(response.bytesWritten());
    }

    private Counter counter(int code) {
      return byCode.computeIfAbsent(
          code, value -> requests.labels(handler, Integer.toString(value)));
    }
  }
}
