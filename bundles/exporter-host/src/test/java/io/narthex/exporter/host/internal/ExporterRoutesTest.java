package io.narthex.exporter.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.NarthexException;
import io.narthex.api.exporter.ExporterErrors;
import io.narthex.api.guard.GuardErrors;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExporterRoutesTest {
  private final BlockingQueue<Duration> limits = new LinkedBlockingQueue<>();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void start() {
    Router root = Router.router(vertx);
    Router mounted = Router.router(vertx);
    new ExporterRoutes(this::collect).mount(mounted);
    root.route("/exporters/*").subRouter(mounted);
    port =
        vertx.createHttpServer().requestHandler(root).listen(0, "127.0.0.1").await().actualPort();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
    client.close();
  }

  private CompletableFuture<byte[]> collect(String name, Duration limit) {
    limits.add(limit);
    return switch (name) {
      case "dice" ->
          CompletableFuture.supplyAsync(() -> "g 1\n".getBytes(StandardCharsets.US_ASCII));
      case "slow" ->
          CompletableFuture.failedFuture(new NarthexException(GuardErrors.TIMEOUT, "too slow"));
      case "bad" ->
          CompletableFuture.failedFuture(new NarthexException(ExporterErrors.BAD_METRIC, "bad"));
      case "bug" -> CompletableFuture.failedFuture(new IllegalStateException("bug"));
      default ->
          CompletableFuture.failedFuture(new NarthexException(ExporterErrors.UNKNOWN, "unknown"));
    };
  }

  @Test
  void showsTheMetrics() throws Exception {
    HttpResponse<String> response = get("/dice/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("g 1\n");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
  }

  @ParameterizedTest
  @CsvSource({
    "/slow/metrics,503,too slow",
    "/bad/metrics,500,bad",
    "/bug/metrics,500,bug",
    "/nobody/metrics,404,unknown",
    "/dice,404,404 page not found",
    "/,404,404 page not found"
  })
  void saysWhatWentWrong(String path, int status, String line) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(line + "\n");
  }

  @ParameterizedTest
  @CsvSource({"2.5,PT2.5S", "60,PT10S", "0,PT0.001S", "soon,PT10S", "1e9,PT10S"})
  void takesTheScrapersTimeout(String header, Duration limit) throws Exception {
    get("/dice/metrics", "X-Prometheus-Scrape-Timeout-Seconds", header);
    assertThat(limits.take()).isEqualTo(limit);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/exporters%s".formatted(port, path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
