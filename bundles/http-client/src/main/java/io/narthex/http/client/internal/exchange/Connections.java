package io.narthex.http.client.internal.exchange;

import io.narthex.http.client.internal.tls.TlsMaterial;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.ProxyOptions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a session that were made with the same TLS material, or without any. May be
 * used from any thread.
 */
public final class Connections {
  /** Upstream takes 10 MiB; no exporter comes near this. */
  static final int MAX_HEAD_BYTES = 1024 * 1024;

  private static final int MAX_LINE_BYTES = 4096;
  private static final int MAX_CHUNK_BYTES = 64 * 1024;

  /** As upstream's clients, and longer than most scrape intervals. */
  private static final int IDLE_SECONDS = 300;

  /** Many targets may stand behind one host and port; a request that has no connection waits. */
  private static final int CONNECTIONS_PER_HOST = 1000;

  private static final int WAITING_PER_HOST = 1000;

  /** A request that has timed out cannot stop its attempt to connect, so that ends by itself. */
  private static final int CONNECT_MILLIS = 30_000;

  private static final int HTTP2_CONNECTIONS_PER_HOST = 16;

  /** In-flight requests of connections that are given up get this long. */
  private static final long GRACE_SECONDS = 120;

  private final Vertx vertx;
  private final String purpose;
  private final @Nullable TlsMaterial tls;
  private final boolean http2;
  private final Set<HttpConnection> fresh = ConcurrentHashMap.newKeySet();
  private @Nullable HttpClient plain;
  private @Nullable HttpClient named;
  private boolean ended;

  /**
   * No connection yet.
   *
   * @param purpose for logs
   * @param tls how TLS is spoken; null: not at all
   */
  public Connections(Vertx vertx, String purpose, @Nullable TlsMaterial tls, boolean http2) {
    this.vertx = vertx;
    this.purpose = purpose;
    this.tls = tls;
    this.http2 = http2;
  }

  /** The material; null: none. */
  public @Nullable TlsMaterial tls() {
    return tls;
  }

  /**
   * The client for a host.
   *
   * @return null if these connections were given up
   */
  synchronized @Nullable HttpClient client(Route route) {
    if (ended) {
      return null;
    }
    // Whether SNI is sent is a setting of the whole client: it must not be for addresses.
    if (tls != null && route.https() && TlsMaterial.isNamable(sniName(route, tls))) {
      HttpClient client = named == null ? build(true) : named;
      named = client;
      return client;
    }
    HttpClient client = plain == null ? build(false) : plain;
    plain = client;
    return client;
  }

  /** Whom the server is told that it is asked for. */
  static String sniName(Route route, @Nullable TlsMaterial tls) {
    return TlsMaterial.sniName(
        tls == null || tls.serverName().isEmpty() ? route.host() : tls.serverName());
  }

  private HttpClient build(boolean sni) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setName(purpose)
            .setKeepAlive(true)
            .setKeepAliveTimeout(IDLE_SECONDS)
            .setHttp2KeepAliveTimeout(IDLE_SECONDS)
            .setMaxHeaderSize(MAX_HEAD_BYTES)
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxChunkSize(MAX_CHUNK_BYTES)
            .setDecompressionSupported(false)
            .setConnectTimeout(CONNECT_MILLIS)
            .setTcpNoDelay(true)
            .setVerifyHost(false)
            .setForceSni(sni)
            .setProtocolVersion(HttpVersion.HTTP_1_1);
    TlsMaterial material = tls;
    if (material != null && http2) {
      options
          .setProtocolVersion(HttpVersion.HTTP_2)
          .setUseAlpn(true)
          .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
    }
    var builder =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(
                new PoolOptions()
                    .setHttp1MaxSize(CONNECTIONS_PER_HOST)
                    .setHttp2MaxSize(HTTP2_CONNECTIONS_PER_HOST)
                    .setMaxWaitQueueSize(WAITING_PER_HOST))
            // Handshakes take milliseconds of computing, which event loops do not have.
            .with(new JdkSSLEngineOptions().setUseWorkerThread(true))
            .withConnectHandler(this::connected);
    if (material != null) {
      builder.with(sslOptions(material));
    }
    return builder.build();
  }

  private ClientSSLOptions sslOptions(TlsMaterial material) {
    return material.options().setUseAlpn(http2);
  }

  /** How a proxy that speaks TLS is reached. */
  ProxyOptions withTls(ProxyOptions proxy) {
    return tls == null ? proxy : proxy.setSslOptions(tls.options());
  }

  private void connected(HttpConnection connection) {
    fresh.add(connection);
    // Without a handler Vert.x logs what every bad target does, as an error.
    connection.exceptionHandler(e -> {});
    connection.closeHandler(closed -> fresh.remove(connection));
    if (connection instanceof io.vertx.core.http.impl.HttpClientConnection internal) {
      ChannelPipeline pipeline = internal.channelHandlerContext().pipeline();
      if (pipeline.get("codec") != null) {
        pipeline.replace("codec", "codec", codec());
        pipeline.addBefore("codec", "narthex-tap", new HeadTap());
        pipeline.addAfter("codec", "narthex-heads", new AnswerHeads());
      }
    }
  }

  /** As lenient as Go's client, which is what exporters were written against. */
  private static HttpClientCodec codec() {
    return new HttpClientCodec(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEAD_BYTES)
            .setMaxChunkSize(MAX_CHUNK_BYTES)
            .setStrictLineParsing(false)
            .setAllowDuplicateContentLengths(true)
            .setUseRfc9112TransferEncoding(false),
        false,
        false);
  }

  /** Whether this is the first request on the connection; asked once for each. */
  boolean isFirstUse(HttpConnection connection) {
    return fresh.remove(connection);
  }

  /** How the last answer on a connection of HTTP/1 began, or {@code ""}. */
  static String head(@Nullable HttpConnection connection) {
    if (connection instanceof io.vertx.core.http.impl.HttpClientConnection internal) {
      HeadTap tap = internal.channelHandlerContext().pipeline().get(HeadTap.class);
      return tap == null ? "" : tap.head();
    }
    return "";
  }

  /** Takes no requests any more; those under way are finished first. */
  public synchronized void retire() {
    ended = true;
    for (HttpClient client : clients()) {
      client.shutdown(GRACE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Closes the connections at once. */
  public synchronized void close() {
    ended = true;
    for (HttpClient client : clients()) {
      client.close();
    }
  }

  private List<HttpClient> clients() {
    return Stream.of(plain, named).filter(Objects::nonNull).toList();
  }
}
