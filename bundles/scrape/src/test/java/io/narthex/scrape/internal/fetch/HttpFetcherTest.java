package io.narthex.scrape.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFetcherTest {
  private static final int LIMIT = 100_000;

  private final Vertx vertx = Vertx.vertx();
  private final ByteSinks sinks = new ByteSinks(LIMIT);
  private final HttpFetcher fetcher = new HttpFetcher(vertx, "Prometheus/3.14.0", sinks);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch testIsOver = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stopAll() {
    testIsOver.countDown();
    server.stop(0);
    threads.shutdownNow();
    fetcher.close();
    vertx.close().await();
  }

  @Test
  void sendsWhatExportersLookAt() throws Exception {
    AtomicReference<Headers> headers = new AtomicReference<>();
    AtomicReference<URI> uri = new AtomicReference<>();
    serve(
        "/metrics",
        exchange -> {
          headers.set(exchange.getRequestHeaders());
          uri.set(exchange.getRequestURI());
          answer(exchange, 200, "text/plain", "a 1\n".getBytes(StandardCharsets.UTF_8));
        });

    Body body = fetch("/metrics?a=b+c", Duration.ofMillis(2500));

    assertThat(text(body)).isEqualTo("a 1\n");
    assertThat(body.contentType()).isEqualTo("text/plain");
    assertThat(uri.get()).hasToString("/metrics?a=b+c");
    assertThat(headers.get().getFirst("Accept"))
        .isEqualTo(
            "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.4");
    assertThat(headers.get().getFirst("Accept-Encoding")).isEqualTo("gzip");
    assertThat(headers.get().getFirst("User-Agent")).isEqualTo("Prometheus/3.14.0");
    assertThat(headers.get().getFirst("X-Prometheus-Scrape-Timeout-Seconds")).isEqualTo("2.5");
    assertThat(headers.get().getFirst("Host")).isEqualTo("127.0.0.1:" + port());
  }

  @Test
  void keepsTheConnection() throws Exception {
    AtomicReference<InetSocketAddress> client = new AtomicReference<>();
    serve(
        "/",
        exchange -> {
          client.set(exchange.getRemoteAddress());
          answer(exchange, 200, "text/plain", new byte[] {'#'});
        });

    fetch("/");
    InetSocketAddress first = client.get();
    fetch("/");

    assertThat(client.get()).isEqualTo(first);
  }

  @Test
  void inflatesGzip() throws Exception {
    serve("/", exchange -> gzipped(exchange, gzip("a 1\n")));

    Body body = fetch("/");

    assertThat(body.gzip()).isTrue();
    ByteSink text = sinks.take();
    Decompression.inflate(body.bytes(), text);
    assertThat(new String(text.array(), 0, text.length(), StandardCharsets.UTF_8))
        .isEqualTo("a 1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0, ok",
    "99999, ok",
    "100000, ok",
    "100001, body size limit exceeded",
    "5000000, body size limit exceeded"
  })
  void inflatesUpToTheLimit(int size, String expected) throws Exception {
    ByteSink compressed = sink(gzip("x".repeat(size)));
    ByteSink text = sinks.take();

    if (expected.equals("ok")) {
      Decompression.inflate(compressed, text);
      assertThat(text.length()).isEqualTo(size);
    } else {
      assertThatThrownBy(() -> Decompression.inflate(compressed, text))
          .isInstanceOf(FetchException.class)
          .hasMessage(expected);
    }
  }

  @Test
  void aTruncatedGzipStreamIsAnError() throws Exception {
    byte[] whole = gzip("a 1\n".repeat(1000));
    assertThatThrownBy(
            () -> Decompression.inflate(sink(Arrays.copyOf(whole, whole.length / 2)), sinks.take()))
        .hasMessage("unexpected EOF");
    assertThatThrownBy(
            () ->
                Decompression.inflate(
                    sink("no gzip".getBytes(StandardCharsets.UTF_8)), sinks.take()))
        .hasMessage("gzip: Not in GZIP format");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsRedirects(int status) throws Exception {
    AtomicReference<Headers> headers = new AtomicReference<>();
    serve("/old", exchange -> redirect(exchange, status, "new?x=1"));
    serve(
        "/new",
        exchange -> {
          headers.set(exchange.getRequestHeaders());
          answer(exchange, 200, "text/plain", "b 2".getBytes(StandardCharsets.UTF_8));
        });

    assertThat(text(fetch("/old"))).isEqualTo("b 2");
    assertThat(headers.get().getFirst("X-Prometheus-Scrape-Timeout-Seconds")).isEqualTo("10");
  }

  @Test
  void aRedirectToAnotherQueryKeepsThePath() throws Exception {
    serve(
        "/",
        exchange -> {
          if (exchange.getRequestURI().toString().equals("/a/b")) {
            redirect(exchange, 302, "?x=1");
          } else {
            answer(
                exchange,
                200,
                "text/plain",
                exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8));
          }
        });

    assertThat(text(fetch("/a/b"))).isEqualTo("/a/b?x=1");
  }

  @Test
  void anUnknownHostIsNamed() {
    assertThatThrownBy(
            () ->
                fetcher
                    .fetch(URI.create("http://no.such.invalid/m"), Duration.ofSeconds(5))
                    .get(20, TimeUnit.SECONDS))
        .hasRootCauseMessage(
            "Get \"http://no.such.invalid/m\": lookup no.such.invalid: no such host");
  }

  @Test
  void givesUpAfterTenRedirects() {
    AtomicInteger requests = new AtomicInteger();
    serve(
        "/",
        exchange -> {
          requests.incrementAndGet();
          redirect(exchange, 302, "/again");
        });

    assertFails(
        "/", Duration.ofSeconds(10), "Get \"%s/\": stopped after 10 redirects".formatted(base()));
    assertThat(requests).hasValue(10);
  }

  @ParameterizedTest
  @CsvSource({
    "404, Not Found",
    "500, Internal Server Error",
    "204, No Content",
    "503, Service Unavailable"
  })
  void onlyStatus200IsSuccess(int status, String reason) {
    serve("/", exchange -> answer(exchange, status, "text/plain", new byte[0]));

    assertFails(
        "/", Duration.ofSeconds(10), "server returned HTTP status %d %s".formatted(status, reason));
  }

  @Test
  void aTargetThatDoesNotAnswerTimesOut() {
    serve("/", exchange -> waitForEnd());

    assertFails(
        "/", Duration.ofMillis(200), "Get \"%s/\": context deadline exceeded".formatted(base()));
  }

  @Test
  void aBodyThatNeverEndsTimesOut() {
    serve(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write("a 1\n".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          waitForEnd();
        });

    assertFails("/", Duration.ofMillis(300), "context deadline exceeded");
  }

  @Test
  void aTruncatedBodyIsAnError() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> answerShort(socket));

      assertThatThrownBy(
              () ->
                  get(
                      URI.create("http://127.0.0.1:%d/".formatted(socket.getLocalPort())),
                      Duration.ofSeconds(10)))
          .isInstanceOf(FetchException.class)
          .hasMessage("unexpected EOF");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, a 1", "2, Connection was closed"})
  void aConnectionClosedWithoutAnAnswerIsTriedOnceMore(int closed, String outcome)
      throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> closeThenAnswer(socket, closed));
      URI url = URI.create("http://127.0.0.1:%d/".formatted(socket.getLocalPort()));

      if (outcome.equals("a 1")) {
        assertThat(text(get(url, Duration.ofSeconds(10)))).isEqualTo(outcome);
      } else {
        assertThatThrownBy(() -> get(url, Duration.ofSeconds(10)))
            .hasMessage("Get \"%s\": %s".formatted(url, outcome));
      }
    }
  }

  private static void closeThenAnswer(ServerSocket socket, int closed) {
    try {
      for (int i = 0; i < closed; i++) {
        try (Socket client = socket.accept()) {
          client.getInputStream().read(new byte[4096]);
        }
      }
      try (Socket client = socket.accept()) {
        client.getInputStream().read(new byte[4096]);
        client
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na 1".getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException ignored) {
      // The test closed the socket while this waited for a connection that must not come.
    }
  }

  @Test
  void aBodyOverTheLimitIsRefused() {
    serve("/", exchange -> answer(exchange, 200, "text/plain", new byte[LIMIT + 1]));

    assertFails("/", Duration.ofSeconds(10), "body size limit exceeded");
  }

  @Test
  void aRefusedConnectionIsAnError() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(
            () -> get(URI.create("http://127.0.0.1:%d/x".formatted(free)), Duration.ofSeconds(5)))
        .isInstanceOf(FetchException.class)
        .hasMessageStartingWith(
            "Get \"http://127.0.0.1:%d/x\": Connection refused".formatted(free));
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, ''",
    "TEXT/Plain; version=0.0.4; charset=utf-8, ''",
    "'', non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol"
        + " specified for target",
    "text, cannot parse Content-Type \"text\" and no fallback_scrape_protocol for target",
    "text/html; x, received unsupported Content-Type \"text/html; x\" and no"
        + " fallback_scrape_protocol specified for target",
    "application/openmetrics-text, received Content-Type \"application/openmetrics-text\"; which"
        + " this version of Narthex does not parse yet; it parses text/plain"
  })
  void onlyTheTextFormatIsParsed(String contentType, String message) throws Exception {
    if (message.isEmpty()) {
      ContentType.requireText(contentType);
    } else {
      assertThatThrownBy(() -> ContentType.requireText(contentType))
          .hasMessage(message.replace("\"; which", "\", which"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "h:1, h, 1",
    "h, h, 80",
    "my_host:9, my_host, 9",
    "[::1]:9, [::1], 9",
    "[::1], [::1], 80",
    "u:p@h:2, h, 2"
  })
  void splitsAddresses(String authority, String host, int port) {
    assertThat(HostPort.of(authority, 80)).isEqualTo(new HostPort(host, port));
  }

  private void answerShort(ServerSocket socket) {
    try (Socket client = socket.accept()) {
      client.getInputStream().read();
      client
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\na 1\n"
                  .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void waitForEnd() {
    try {
      testIsOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void gzipped(HttpExchange exchange, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    answer(exchange, 200, "text/plain", body);
  }

  private static void redirect(HttpExchange exchange, int status, String location)
      throws IOException {
    exchange.getResponseHeaders().set("Location", location);
    answer(exchange, status, "text/plain", new byte[0]);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private ByteSink sink(byte[] bytes) {
    ByteSink sink = sinks.take();
    assertThat(sink.reserve(bytes.length)).isTrue();
    System.arraycopy(bytes, 0, sink.array(), 0, bytes.length);
    sink.advance(bytes.length);
    return sink;
  }

  private void assertFails(String path, Duration timeout, String message) {
    assertThatThrownBy(() -> get(URI.create(base() + path), timeout))
        .isInstanceOf(FetchException.class)
        .hasMessage(message);
  }

  private Body fetch(String path) throws Exception {
    return fetch(path, Duration.ofSeconds(10));
  }

  private Body fetch(String path, Duration timeout) throws Exception {
    return get(URI.create(base() + path), timeout);
  }

  private Body get(URI url, Duration timeout) throws Exception {
    try {
      return fetcher.fetch(url, timeout).get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  private static String text(Body body) {
    return new String(body.bytes().array(), 0, body.bytes().length(), StandardCharsets.UTF_8);
  }

  private String base() {
    return "http://127.0.0.1:" + port();
  }

  private int port() {
    return server.getAddress().getPort();
  }
}
