package io.narthex.http.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {
  private static ApiServer server;

  @BeforeAll
  static void start() {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"/alertmanagers", "/features", "/status/walreplay", "/read", "/status/tsdb"})
  void endpointsThatAreNotThereYetSaySo(String path) throws Exception {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(text(answer))
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"not_found\",\"error\":\"/api/v1%s is an endpoint"
                + " of Prometheus that this version of Narthex does not have yet\"}",
            path);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/nothing",
    "POST,/nothing",
    "GET,/",
    "GET,/query/more",
    "GET,/label/job",
    "GET,/label/a/b/values",
    "PUT,/status"
  })
  void unknownPathsAre404AsUpstream(String method, String path) throws Exception {
    HttpResponse<byte[]> response = server.send(method, path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(text(response)).isEqualTo("404 page not found\n");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT|/query|GET, OPTIONS, POST",
        "DELETE|/query_range|GET, OPTIONS, POST",
        "POST|/targets|GET, OPTIONS",
        "PUT|/series|GET, OPTIONS, POST",
        "DELETE|/labels|GET, OPTIONS, POST",
        "POST|/label/job/values|GET, OPTIONS",
        "POST|/status/runtimeinfo|GET, OPTIONS",
        "POST|/rules|GET, OPTIONS",
        "PUT|/alerts|GET, OPTIONS",
        "PUT|/query_exemplars|GET, OPTIONS, POST",
        "POST|/metadata|GET, OPTIONS",
        "POST|/targets/metadata|GET, OPTIONS",
        "POST|/scrape_pools|GET, OPTIONS",
        "DELETE|/notifications|GET, OPTIONS",
        "PATCH|/notifications/live|GET, OPTIONS"
      })
  void otherMethodsAre405(String method, String path, String allow) throws Exception {
    HttpResponse<byte[]> response = server.send(method, path);
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(text(response)).isEqualTo("Method Not Allowed\n");
    assertThat(response.headers().firstValue("Allow")).contains(allow);
    assertThat(header(response, "Vary")).isEmpty();
  }

  @Test
  void aHeadRequestGetsTheHeadOf405() throws Exception {
    HttpResponse<byte[]> response = server.send("HEAD", "/query");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(header(response, "Content-Length")).isEqualTo("19");
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/query/?query=1|301|/api/v1/query?query=1",
        "POST|/query/|307|/api/v1/query",
        "GET|/label/a%20b/values/|301|/api/v1/label/a%20b/values",
        "PUT|/query/|404|",
        "OPTIONS|/query/|204|"
      })
  void aSlashTooManyIsRedirected(String method, String path, int status, String location)
      throws Exception {
    HttpResponse<byte[]> response = server.send(method, path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Location")).isEqualTo(Optional.ofNullable(location));
  }

  @Test
  void badEscapesOfTheQueryAreLeftOutForPathsWithANameToo() throws Exception {
    String request = "GET /api/v1/label/job/values?x=%s HTTP/1.1\r\nHost: x\r\n\r\n";
    assertThat(rawStatus(request.formatted("%zz")))
        .isEqualTo(rawStatus(request.formatted("1")))
        .isEqualTo("HTTP/1.1 503 Service Unavailable");
  }

  @Test
  void formThatWaitsToBeAskedForIsAskedFor() throws Exception {
    assertThat(
            rawStatus(
                "POST /api/v1/query HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\n"))
        .isEqualTo("HTTP/1.1 100 Continue");
  }

  /** The first line that is answered to a request that no client of the JDK would send. */
  private static String rawStatus(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  @Test
  void errorsCarryTheSameHeadersAsAnswers() throws Exception {
    HttpResponse<byte[]> response = server.get("/query?time=x", "Origin", "http://a.example");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().allValues("Vary")).containsExactly("Accept-Encoding", "Origin");
    assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("http://a.example");
  }

  @Test
  void countsRequestsByHandlerAndStatus() throws Exception {
    try (ApiServer fresh = new ApiServer()) {
      Map<String, Double> counted = fresh.scope.metrics.counted;
      assertThat(counted).containsEntry("prometheus_http_requests_total[/api/v1/series, 200]", 0.0);
      fresh.get("/label/a/values?limit=x");
      fresh.get("/status/buildinfo");
      fresh.get("/status/buildinfo");
      fresh.get("/nothing");
      fresh.send("PUT", "/query");
      fresh.send("OPTIONS", "/query");
      fresh.await(
          "requests are counted",
          () ->
              counted.getOrDefault("prometheus_http_requests_total[/api/v1/*path, 204]", 0.0) == 1);
      assertThat(counted.entrySet().stream().filter(entry -> entry.getValue() > 0))
          .containsExactlyInAnyOrder(
              Map.entry("prometheus_http_requests_total[/api/v1/label/:name/values, 400]", 1.0),
              Map.entry("prometheus_http_requests_total[/api/v1/status/buildinfo, 200]", 2.0),
              Map.entry("prometheus_http_requests_total[/api/v1/*path, 204]", 1.0));
      double size = fresh.get("/status/buildinfo").body().length;
      assertThat(
              fresh.scope.metrics.observed.get(
                  "prometheus_http_response_size_bytes[/api/v1/status/buildinfo]"))
          .startsWith(size, size);
      assertThat(
              fresh.scope.metrics.observed.get(
                  "prometheus_http_request_duration_seconds[/api/v1/status/buildinfo]"))
          .allSatisfy(seconds -> assertThat(seconds).isBetween(0.0, 60.0));
    }
  }

  @Test
  void optionsAnswersAnyPathForOtherSites() throws Exception {
    for (String path : List.of("/query", "/anything")) {
      HttpResponse<byte[]> response = server.send("OPTIONS", path, "Origin", "http://a.example");
      assertThat(response.statusCode()).isEqualTo(204);
      assertThat(response.headers().allValues("Vary")).containsExactly("Accept-Encoding", "Origin");
      assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("http://a.example");
      assertThat(header(response, "Access-Control-Allow-Methods")).isEqualTo("GET, POST, OPTIONS");
      assertThat(header(response, "Access-Control-Allow-Headers"))
          .isEqualTo("Accept, Authorization, Content-Type, Origin");
      assertThat(header(response, "Access-Control-Expose-Headers")).isEqualTo("Date");
    }
  }

  @Test
  void requestsWithoutAnOriginGetNoCorsHeaders() throws Exception {
    HttpResponse<byte[]> response = server.get("/status/buildinfo");
    assertThat(response.headers().allValues("Vary")).contains("Origin");
    assertThat(header(response, "Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void onlyOriginsThatMatchWhollyAreLetIn() throws Exception {
    try (ApiServer strict = new ApiServer(Map.of("web.cors.origin", "https?://(a|b)\\.example"))) {
      assertThat(allowed(strict, "http://a.example")).isEqualTo("http://a.example");
      assertThat(allowed(strict, "http://a.example.evil")).isEmpty();
      assertThat(allowed(strict, "http://c.example")).isEmpty();
    }
  }

  @Test
  void aBadOriginExpressionIsNamed() {
    assertThatThrownBy(() -> new ApiServer(Map.of("web.cors.origin", "(")))
        .hasMessage("--web.cors.origin: \"(\" is no regular expression: missing closing )");
  }

  @Test
  void isReadyOnceMounted() {
    assertThat(server.routes.part()).isEqualTo("http-api");
    assertThat(server.routes.notReady()).isEmpty();
  }

  private static String allowed(ApiServer server, String origin) throws Exception {
    return header(server.get("/status/buildinfo", "Origin", origin), "Access-Control-Allow-Origin");
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
