package io.narthex.http.client.internal.exchange;

import io.narthex.api.error.NarthexException;
import io.narthex.api.http.BodySink;
import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpRequest;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The requests of a session that are under way. May be used from any thread. */
public final class Exchanges {
  private static final String CLOSED = "the HTTP client was closed";

  private final ExchangeRules rules;
  private final Routes routes;
  private final Set<Exchange> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** No request yet. */
  public Exchanges(ExchangeRules rules) {
    this.rules = rules;
    this.routes = new Routes(rules.vertx());
  }

  /** Begins a request. */
  public CompletableFuture<HttpAnswer> begin(HttpRequest request, BodySink sink) {
    Route route;
    try {
      route = routes.of(request.url());
    } catch (IllegalArgumentException e) {
      return failed(request, String.valueOf(e.getMessage()));
    }
    if (closed) {
      return failed(request, CLOSED);
    }
    Exchange exchange = new Exchange(rules, request, sink, route);
    underWay.add(exchange);
    CompletableFuture<HttpAnswer> result = exchange.begin();
    result.whenComplete((answer, failure) -> underWay.remove(exchange));
    if (closed) {
      exchange.giveUp(CLOSED);
    }
    return result;
  }

  private static CompletableFuture<HttpAnswer> failed(HttpRequest request, String words) {
    String method = request.method();
    return CompletableFuture.failedFuture(
        new NarthexException(
            HttpErrors.CONNECTION,
            "%s \"%s\": %s"
                .formatted(
                    method.substring(0, 1) + method.substring(1).toLowerCase(Locale.ROOT),
                    ShownUrl.of(request.url().toString()),
                    words)));
  }

  /** Gives up what is under way and takes no more. */
  public void close() {
    closed = true;
    underWay.forEach(exchange -> exchange.giveUp(CLOSED));
  }
}
