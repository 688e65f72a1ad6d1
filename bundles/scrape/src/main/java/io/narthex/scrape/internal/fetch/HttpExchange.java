package io.narthex.scrape.internal.fetch;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.math.BigDecimal;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One scrape's request with its redirects. Ends with the first of: a body, an error, the timeout.
 */
final class HttpExchange {
  private static final int MAX_REDIRECTS = 10;
  private static final int OK = 200;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Vertx vertx;
  private final HttpClient client;
  private final ByteSinks sinks;
  private final String userAgent;
  private final URI url;
  private final Duration timeout;
  private final CompletableFuture<Body> result = new CompletableFuture<>();
  private volatile @Nullable HttpClientRequest request;
  private volatile boolean reading;
  private volatile boolean retried;

  HttpExchange(
      Vertx vertx,
      HttpClient client,
      ByteSinks sinks,
      String userAgent,
      URI url,
      Duration timeout) {
    this.vertx = vertx;
    this.client = client;
    this.sinks = sinks;
    this.userAgent = userAgent;
    this.url = url;
    this.timeout = timeout;
  }

  CompletableFuture<Body> begin() {
    long timer = vertx.setTimer(Math.max(1, timeout.toMillis()), id -> expire());
    result.whenComplete((body, failure) -> vertx.cancelTimer(timer));
    get(url, 0);
    return result;
  }

  private void expire() {
    fail(reading ? "context deadline exceeded" : of("context deadline exceeded"));
  }

  private void get(URI location, int redirects) {
    RequestOptions options;
    try {
      options = options(location);
    } catch (IllegalArgumentException e) {
      fail(of("the URL %s cannot be requested: %s".formatted(location, e.getMessage())));
      return;
    }
    client
        .request(options)
        .onFailure(this::failConnecting)
        .onSuccess(
            ready -> {
              request = ready;
              // Without a handler Vert.x logs each reset.
              ready.exceptionHandler(e -> {});
              if (result.isDone()) {
                ready.reset();
                return;
              }
              ready
                  .send()
                  .onFailure(e -> retryOrFail(e, location, redirects))
                  .onSuccess(response -> respond(location, response, redirects));
            });
  }

  private RequestOptions options(URI location) {
    boolean ssl = "https".equals(location.getScheme());
    HostPort address = HostPort.of(location.getRawAuthority(), ssl ? 443 : 80);
    String path =
        location.getRawPath() == null || location.getRawPath().isEmpty()
            ? "/"
            : location.getRawPath();
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Accept", ContentType.ACCEPT)
            .add("Accept-Encoding", "gzip")
            .add("User-Agent", userAgent)
            .add(
                "X-Prometheus-Scrape-Timeout-Seconds",
                BigDecimal.valueOf(timeout.toMillis(), 3).stripTrailingZeros().toPlainString());
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setSsl(ssl)
        .setHost(address.host())
        .setPort(address.port())
        .setURI(location.getRawQuery() == null ? path : path + "?" + location.getRawQuery())
        .setConnectTimeout(Math.max(1, timeout.toMillis()))
        .setHeaders(headers);
  }

  private void respond(URI from, HttpClientResponse response, int redirects) {
    // Without a handler Vert.x logs each reset of a response that nobody wants to read.
    response.exceptionHandler(e -> {});
    String location = response.getHeader("Location");
    if (REDIRECTS.contains(response.statusCode()) && location != null && !location.isEmpty()) {
      redirect(from, location, redirects);
    } else if (response.statusCode() != OK) {
      fail(
          "server returned HTTP status %d %s"
              .formatted(response.statusCode(), response.statusMessage())
              .strip());
    } else {
      reading = true;
      read(response);
    }
  }

  private void redirect(URI from, String location, int redirects) {
    reset();
    // As Go's client: the tenth is not followed.
    if (redirects + 1 >= MAX_REDIRECTS) {
      fail(of("stopped after %d redirects".formatted(MAX_REDIRECTS)));
      return;
    }
    try {
      // URI.resolve takes a lone query against the root and not against the path.
      URI to = from.resolve(location.startsWith("?") ? from.getRawPath() + location : location);
      if (!"http".equals(to.getScheme()) && !"https".equals(to.getScheme())) {
        fail(of("unsupported protocol scheme \"%s\"".formatted(to.getScheme())));
        return;
      }
      get(to, redirects + 1);
    } catch (IllegalArgumentException e) {
      fail(of("failed to parse Location header \"%s\"".formatted(location)));
    }
  }

  private void read(HttpClientResponse response) {
    ByteSink sink = sinks.take();
    String type = response.getHeader("Content-Type");
    boolean gzip = "gzip".equals(response.getHeader("Content-Encoding"));
    response.handler(chunk -> append(sink, chunk));
    response.exceptionHandler(e -> fail("unexpected EOF"));
    response.endHandler(
        end -> {
          if (!result.complete(new Body(sink, type == null ? "" : type, gzip))) {
            sinks.giveBack(sink);
          }
        });
  }

  private void append(ByteSink sink, Buffer chunk) {
    if (result.isDone()) {
      return;
    }
    if (!sink.reserve(chunk.length())) {
      fail(Decompression.TOO_LARGE);
      return;
    }
    chunk.getBytes(sink.array(), sink.length());
    sink.advance(chunk.length());
  }

  /**
   * A server may close a kept connection just as it is used again; that says nothing about the
   * target.
   */
  private void retryOrFail(Throwable cause, URI location, int redirects) {
    if (cause instanceof HttpClosedException && !retried && !result.isDone()) {
      retried = true;
      get(location, redirects);
    } else {
      failConnecting(cause);
    }
  }

  private void failConnecting(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      fail(of("lookup %s: no such host".formatted(url.getHost())));
      return;
    }
    String message = cause.getMessage();
    fail(of(message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message));
  }

  /** As upstream begins the messages about requests that got no answer. */
  private String of(String message) {
    return "Get \"%s\": %s".formatted(url, message);
  }

  private void fail(String message) {
    if (result.completeExceptionally(new FetchException(message))) {
      reset();
    }
  }

  private void reset() {
    HttpClientRequest current = request;
    if (current != null) {
      current.reset();
    }
  }
}
