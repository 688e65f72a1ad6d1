package io.narthex.http.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.http.api.internal.answer.HandlerMetrics;
import io.narthex.http.api.internal.fake.FakeConfiguration;
import io.narthex.http.api.internal.fake.FakeFlags;
import io.narthex.http.api.internal.fake.FakeRegistry;
import io.narthex.http.api.internal.fake.FakeScope;
import io.narthex.http.api.internal.fake.FixedClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The API mounted on a real server on a free port, as the runtime mounts it. */
final class ApiServer implements AutoCloseable {
  static final long NOW = 1_700_000_000_123L;

  private final Vertx vertx = Vertx.vertx();
  final FakeScope scope = new FakeScope();
  final FakeConfiguration configuration;
  final FakeRegistry registry = new FakeRegistry();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final ApiRoutes routes;
  final int port;

  ApiServer() {
    this(Map.of());
  }

  /** With some flags that are not the default. */
  ApiServer(Map<String, String> given) {
    this(given, new FakeConfiguration());
  }

  ApiServer(Map<String, String> given, FakeConfiguration configuration) {
    this.configuration = configuration;
    Map<String, String> flags = new HashMap<>();
    flags.put("web.cors.origin", ".*");
    flags.put("storage.tsdb.retention.time", "15d");
    flags.put("web.max-notifications-subscribers", "16");
    flags.putAll(given);
    FixedClock clock = new FixedClock(NOW);
    routes =
        new ApiRoutes(
            new FakeFlags(flags),
            clock,
            configuration,
            registry,
            new HandlerMetrics(clock, scope),
            scope);
    Router root = Router.router(vertx);
    Router mounted = Router.router(vertx);
    routes.mount(mounted);
    root.route("/api/v1/*").subRouter(mounted);
    HttpServer server =
        vertx.createHttpServer().requestHandler(root).listen(0, "127.0.0.1").await();
    port = server.actualPort();
  }

  ThreadPoolExecutor encoders() {
    return scope.pools.get("encoder");
  }

  ThreadPoolExecutor readers() {
    return scope.pools.get("series-reader");
  }

  /** Waits for a condition, not for ever. */
  void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s in time", what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  HttpResponse<byte[]> get(String pathAndQuery, String... headers) throws Exception {
    return send(request(pathAndQuery, headers).GET().build());
  }

  HttpResponse<byte[]> post(String path, String contentType, String body) throws Exception {
    return send(
        request(path, "Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
    return send(request(path, headers).method(method, HttpRequest.BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String pathAndQuery, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/api/v1%s".formatted(port, pathAndQuery)));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    scope.close();
    vertx.close().await();
    client.close();
  }
}
