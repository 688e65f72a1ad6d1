package io.narthex.pushgateway.internal.web;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.MetricRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;

/** What the pushgateway tells about its requests, under upstream's names. */
public final class PushMetrics {
  private static final double[] QUANTILES = {0.1, 0.5, 0.9};

  private final Counter requests;
  private final Distribution size;
  private final Distribution duration;

  /** Registers the metrics. */
  public PushMetrics(MetricRegistry registry) {
    requests =
        registry.counter(
            "pushgateway_http_requests_total",
            "Total HTTP requests processed by the Pushgateway, excluding scrapes.",
            "handler",
            "code",
            "method");
    size =
        registry.summary(
            "pushgateway_http_push_size_bytes",
            "HTTP request size for pushes to the Pushgateway.",
            QUANTILES,
            "method");
    duration =
        registry.summary(
            "pushgateway_http_push_duration_seconds",
            "HTTP request duration for pushes to the Pushgateway.",
            QUANTILES,
            "method");
  }

  /** Counts a request that was answered. */
  public void answered(String handler, int status, HttpServerRequest request) {
    requests.labels(handler, Integer.toString(status), method(request)).inc();
  }

  /** Notes a push that was answered. */
  public void pushed(HttpServerRequest request, int bodyBytes, double seconds) {
    size.labels(method(request)).observe(sizeOf(request) + bodyBytes);
    duration.labels(method(request)).observe(seconds);
  }

  private static String method(HttpServerRequest request) {
    return request.method().name().toLowerCase(Locale.ROOT);
  }

  /** About how large the request is without its body, as upstream adds it up. */
  private static long sizeOf(HttpServerRequest request) {
    long bytes = (long) request.uri().length() + method(request).length() + "HTTP/1.1".length();
    for (Map.Entry<String, String> header : request.headers()) {
      bytes += header.getKey().length() + header.getValue().length();
    }
    return bytes;
  }
}
