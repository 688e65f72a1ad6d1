package io.narthex.scrape.internal.fetch;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Gets bodies by HTTP/1.1 with connections that are kept open. May be used from any thread. */
public final class HttpFetcher implements AutoCloseable {
  private static final int CONNECTIONS_PER_HOST = 64;
  private static final int WAITING_PER_HOST = 1000;
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  /** Longer than most scrape intervals, so that a connection is there for the next scrape. */
  private static final int KEEP_ALIVE_SECONDS = 300;

  private final Vertx vertx;
  private final HttpClient client;
  private final String userAgent;
  private final ByteSinks sinks;

  /**
   * A fetcher.
   *
   * @param userAgent the header's value
   */
  public HttpFetcher(Vertx vertx, String userAgent, ByteSinks sinks) {
    this.vertx = vertx;
    this.userAgent = userAgent;
    this.sinks = sinks;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setDecompressionSupported(false)
                .setName("scrape"),
            new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_PER_HOST)
                .setMaxWaitQueueSize(WAITING_PER_HOST));
  }

  /**
   * Begins to get a body.
   *
   * @param timeout over everything: connecting, redirects, reading
   * @return fails with a {@link FetchException}
   */
  public CompletableFuture<Body> fetch(URI url, Duration timeout) {
    return new HttpExchange(vertx, client, sinks, userAgent, url, timeout).begin();
  }

  @Override
  public void close() {
    client.close();
  }
}
