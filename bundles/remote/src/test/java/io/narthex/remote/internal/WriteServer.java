package io.narthex.remote.internal;

import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.narthex.remote.internal.write.FakeMetrics;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The receiver mounted on a real server on a free port, as the runtime mounts it. */
final class WriteServer implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Scope scope = new Scope();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final WriteRoutes routes;
  final int port;

  WriteServer(boolean enabled, long bodyBytes) {
    routes = new WriteRoutes(new Flags(enabled), new SystemClock(), scope, bodyBytes);
    Router root = Router.router(vertx);
    Router mounted = Router.router(vertx);
    routes.mount(mounted);
    // The route of a path also takes the path with a slash.
    root.route("/api/v1/write")
        .handler(
            context -> {
              if (context.request().path().endsWith("/")) {
                context.next();
              } else {
                context.reroute("/api/v1/write/");
              }
            });
    root.route("/api/v1/write/*").subRouter(mounted);
    port =
        vertx.createHttpServer().requestHandler(root).listen(0, "127.0.0.1").await().actualPort();
  }

  double metric(String name) {
    return scope.metrics.value(name);
  }

  HttpResponse<String> post(byte[] body, String... headers) throws Exception {
    return client.send(request(body, headers), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> postAsync(byte[] body) {
    return client.sendAsync(request(body), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        builder(path).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(byte[] body, String... headers) {
    HttpRequest.Builder request = builder("").POST(HttpRequest.BodyPublishers.ofByteArray(body));
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  private HttpRequest.Builder builder(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:%d/api/v1/write%s".formatted(port, path)))
        .timeout(Duration.ofSeconds(20));
  }

  @Override
  public void close() throws Exception {
    routes.stop();
    scope.close();
    vertx.close().await();
    client.close();
  }

  private record SystemClock() implements Clock {
    @Override
    public long wallMillis() {
      return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }

  private record Flags(boolean enabled) implements ServerFlags {
    @Override
    public boolean isOn(String name) {
      if (!name.equals("web.enable-remote-write-receiver")) {
        throw new AssertionError(name);
      }
      return enabled;
    }

    @Override
    public String get(String name) {
      throw new AssertionError(name);
    }

    @Override
    public Optional<String> find(String name) {
      throw new AssertionError(name);
    }

    @Override
    public List<String> all(String name) {
      throw new AssertionError(name);
    }

    @Override
    public SortedMap<String, String> listing() {
      throw new UnsupportedOperationException();
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
      throw new UnsupportedOperationException();
    }

    @Override
    public String upstreamVersion() {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Scope implements BundleScope {
    private final FakeMetrics metrics = new FakeMetrics();
    private final List<AutoCloseable> owned = new ArrayList<>();

    void close() throws Exception {
      for (AutoCloseable resource : owned.reversed()) {
        resource.close();
      }
    }

    @Override
    public ExecutorService pool(String name, int threads, int queueCapacity) {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueCapacity));
      owned.add(
          () -> {
            pool.shutdownNow();
            if (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
              throw new AssertionError("a thread does not end");
            }
          });
      return pool;
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      owned.add(resource);
      return resource;
    }

    @Override
    public MetricRegistry metrics() {
      return metrics;
    }

    @Override
    public ScheduledExecutorService scheduler(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Thread thread(String name, Runnable body) {
      throw new UnsupportedOperationException();
    }
  }
}
