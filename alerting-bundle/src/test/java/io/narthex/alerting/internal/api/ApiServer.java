package io.narthex.alerting.internal.api;

import io.narthex.alerting.internal.FakeKeyedLog;
import io.narthex.alerting.internal.FakeMetrics;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The API mounted on a real server on a free port, as the runtime mounts it. */
final class ApiServer implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Scope scope = new Scope();
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final FakeKeyedLog log = new FakeKeyedLog();
  final FakeAlertmanager alertmanager;
  final int port;

  ApiServer(String yaml, int port) {
    Clock clock = new SystemClock();
    alertmanager = new FakeAlertmanager(yaml, clock, 1000, log);
    Router mounted = Router.router(vertx);
    new ApiRoutes(alertmanager, flags(), clock, scope).mount(mounted);
    Router root = Router.router(vertx);
    root.route("/alertmanager")
        .handler(
            context -> {
              if ("/alertmanager".equals(context.request().path())) {
                context.reroute("/alertmanager/");
              } else {
                context.next();
              }
            });
    root.route("/alertmanager/*").subRouter(mounted);
    this.port =
        vertx
            .createHttpServer()
            .requestHandler(root)
            .listen(port, "127.0.0.1")
            .await()
            .actualPort();
  }

  private static ServerFlags flags() {
    return (ServerFlags)
        Proxy.newProxyInstance(
            ServerFlags.class.getClassLoader(),
            new Class<?>[] {ServerFlags.class},
            (self, method, arguments) -> {
              if (method.getName().equals("narthexVersion")) {
                return "0.1.0-test";
              }
              throw new AssertionError(method);
            });
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  @Override
  public void close() throws Exception {
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
