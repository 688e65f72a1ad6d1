package io.narthex.http.api.internal.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ConfigurationReload;
import io.narthex.api.config.LoadAttempt;
import io.narthex.http.api.internal.answer.HandlerMetrics;
import io.narthex.http.api.internal.fake.FakeFlags;
import io.narthex.http.api.internal.fake.FakeScope;
import io.narthex.http.api.internal.fake.FixedClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

class LifecycleRoutesTest {
  private static final String FAILED = "prometheus_http_requests_total[/-/reload, 500]";

  private final Vertx vertx = Vertx.vertx();
  private final FakeScope scope = new FakeScope();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger stops = new AtomicInteger();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger reloads = new AtomicInteger();
  private int port;

  @AfterEach
  void stop() {
    vertx.close().await();
    client.close();
    scope.close();
  }

  @ParameterizedTest
  @CsvSource({"POST,/-/reload", "PUT,/-/reload", "POST,/-/quit", "PUT,/-/quit"})
  void isForbiddenWithoutTheFlag(String method, String path) throws Exception {
    LifecycleRoutes routes = start(false);
    routes.bindReload(reload());
    HttpResponse<String> response = send(method, path);
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).isEqualTo("Lifecycle API is not enabled.");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(reloads).hasValue(0);
    assertThat(stops).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/-/reload|405|Only POST or PUT requests allowed|",
        "GET|/-/quit|405|Only POST or PUT requests allowed|",
        "DELETE|/-/reload|405|Method Not Allowed#|GET, OPTIONS, POST, PUT",
        "HEAD|/-/quit|405||GET, OPTIONS, POST, PUT",
        "OPTIONS|/-/reload|200||GET, OPTIONS, POST, PUT",
        "GET|/-/reload/|301||",
        "POST|/-/reload/|307||",
        "POST|/-/other|404|404 page not found#|",
        "GET|/-/|404|404 page not found#|"
      })
  void otherMethodsAndPathsAreAnsweredAsUpstream(
      String method, String path, int status, String body, String allow) throws Exception {
    start(true).bindReload(reload());
    HttpResponse<String> response = send(method, path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(body == null ? "" : body.replace('#', '\n'));
    assertThat(response.headers().firstValue("Allow")).isEqualTo(Optional.ofNullable(allow));
    assertThat(reloads).hasValue(0);
    assertThat(stops).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({"POST", "PUT"})
  void reloads(String method) throws Exception {
    LifecycleRoutes routes = start(true);
    routes.bindReload(reload());
    HttpResponse<String> response = send(method, "/-/reload");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(reloads).hasValue(1);
  }

  @Test
  void tellsWhyAReloadFailed() throws Exception {
    start(true).bindReload(reload("prometheus.yml:1:2: bad", "prometheus.yml:3:4: worse"));
    HttpResponse<String> response = send("POST", "/-/reload");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo("failed to reload config: prometheus.yml:1:2: bad\nprometheus.yml:3:4: worse\n");
    // Counted when the answer has gone, which the client may see a little earlier.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!scope.metrics.counted.containsKey(FAILED) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(scope.metrics.counted)
        .containsEntry(FAILED, 1.0)
        .containsEntry("prometheus_http_requests_total[/-/quit, 200]", 0.0);
  }

  @Test
  void tellsThatAReloadBroke() throws Exception {
    start(true).bindReload(() -> CompletableFuture.failedFuture(new IllegalStateException("boom")));
    HttpResponse<String> response = send("POST", "/-/reload");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo("failed to reload config: java.lang.IllegalStateException: boom\n");
  }

  @Test
  void usesWhoReadsTheConfigurationNow() throws Exception {
    LifecycleRoutes routes = start(true);
    HttpResponse<String> response = send("POST", "/-/reload");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body())
        .isEqualTo(
            "failed to reload config: nobody reads it, bundle io.narthex.config is not active\n");
    ConfigurationReload first = reload("old");
    routes.bindReload(first);
    routes.bindReload(reload());
    routes.unbindReload(first);
    assertThat(send("POST", "/-/reload").statusCode()).isEqualTo(200);
  }

  @Test
  void quitsOnceAndAnswersFirst() throws Exception {
    start(true);
    HttpResponse<String> response = send("POST", "/-/quit");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("Requesting termination... Goodbye!");
    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
    HttpResponse<String> again = send("PUT", "/-/quit");
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo("Termination already in progress.");
    assertThat(stops).hasValue(1);
  }

  private LifecycleRoutes start(boolean enabled) {
    LifecycleRoutes routes =
        new LifecycleRoutes(
            new FakeFlags(Map.of("web.enable-lifecycle", String.valueOf(enabled))),
            new HandlerMetrics(new FixedClock(0), scope),
            bundleContext());
    Router root = Router.router(vertx);
    Router mounted = Router.router(vertx);
    routes.mount(mounted);
    root.route(LifecycleRoutes.MOUNT_PATH + "/*").subRouter(mounted);
    HttpServer server =
        vertx.createHttpServer().requestHandler(root).listen(0, "127.0.0.1").await();
    port = server.actualPort();
    return routes;
  }

  private ConfigurationReload reload(String... problems) {
    return () -> {
      reloads.incrementAndGet();
      return CompletableFuture.supplyAsync(() -> new LoadAttempt(Instant.EPOCH, List.of(problems)));
    };
  }

  /** Knows bundle 0, which can only be stopped. */
  private BundleContext bundleContext() {
    Bundle framework =
        proxy(
            Bundle.class,
            "stop",
            () -> {
              stops.incrementAndGet();
              stopped.countDown();
            });
    return (BundleContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (ignored, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getBundle");
              assertThat(arguments).containsExactly(0L);
              return framework;
            });
  }

  private static <T> T proxy(Class<T> type, String name, Runnable action) {
    return type.cast(
        Proxy.newProxyInstance(
            LifecycleRoutesTest.class.getClassLoader(),
            new Class<?>[] {type},
            (ignored, method, arguments) -> {
              assertThat(method.getName()).isEqualTo(name);
              action.run();
              return null;
            }));
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
