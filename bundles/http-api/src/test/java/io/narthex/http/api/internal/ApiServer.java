package io.narthex.http.api.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The API mounted on a real server on a free port, as the runtime mounts it. */
final class ApiServer implements AutoCloseable {
  static final long NOW = 1_700_000_000_123L;

  private final Vertx vertx = Vertx.vertx();
  private final Scope scope = new Scope();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final ApiRoutes routes;
  final int port;

  ApiServer() {
    this(".*");
  }

  ApiServer(String corsOrigin) {
    routes =
        new ApiRoutes(
            new Flags(Map.of("web.cors.origin", corsOrigin, "storage.tsdb.retention.time", "15d")),
            new FixedClock(),
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
    vertx.close().await();
    scope.pools.values().forEach(ThreadPoolExecutor::shutdownNow);
    client.close();
  }

  private record FixedClock() implements Clock {
    @Override
    public long wallMillis() {
      return NOW;
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }

  private record Flags(Map<String, String> values) implements ServerFlags {
    @Override
    public String get(String name) {
      return find(name).orElseThrow(() -> new IllegalArgumentException("no flag " + name));
    }

    @Override
    public Optional<String> find(String name) {
      return Optional.ofNullable(values.get(name));
    }

    @Override
    public List<String> all(String name) {
      return List.of(get(name));
    }

    @Override
    public boolean isOn(String name) {
      return Boolean.parseBoolean(get(name));
    }

    @Override
    public Path dataDirectory() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path home() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String narthexVersion() {
      return "0.1.0";
    }

    @Override
    public String upstreamVersion() {
      return "3.14.0";
    }
  }

  private static final class Scope implements BundleScope {
    private final Map<String, ThreadPoolExecutor> pools = new HashMap<>();

    @Override
    public ExecutorService pool(String name, int threads, int queueCapacity) {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              threads,
              threads,
              0,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(queueCapacity),
              task -> new Thread(task, name));
      pools.put(name, pool);
      return pool;
    }

    @Override
    public ScheduledExecutorService scheduler(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Thread thread(String name, Runnable body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MetricRegistry metrics() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      throw new UnsupportedOperationException();
    }
  }
}
