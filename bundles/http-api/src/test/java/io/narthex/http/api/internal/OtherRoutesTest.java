package io.narthex.http.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import io.narthex.api.target.ScrapedTarget;
import io.narthex.api.target.ScrapedTargets;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetEndpoint;
import io.narthex.api.target.TargetHealth;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherRoutesTest {
  private static ApiServer server;

  private final ScrapedTargets targets =
      () ->
          List.of(
              new ScrapedTarget(
                  target("node", new TargetEndpoint.Http(URI.create("http://h:9100/metrics?a=b"))),
                  TargetHealth.UP,
                  1_700_000_000_120L,
                  0.0125,
                  ""),
              new ScrapedTarget(
                  target("x", new TargetEndpoint.InProcess("x")), TargetHealth.UNKNOWN, 0, 0, ""));

  @BeforeAll
  static void start() {
    server = new ApiServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void forgetTargets() {
    server.routes.unbindTargets(targets);
  }

  @ParameterizedTest
  @CsvSource({"/metadata", "/query_exemplars", "/status/config", "/read", "/status/tsdb"})
  void endpointsThatAreNotThereYetSaySo(String path) throws Exception {
    HttpResponse<byte[]> answer = server.get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(text(answer))
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"not_found\",\"error\":\"/api/v1%s is an endpoint"
                + " of Prometheus that this version of Narthex does not have yet\"}",
            path);
  }

  @Test
  void showsTargetsAsUpstream() throws Exception {
    server.routes.bindTargets(targets);
    String host = HostName.find();
    assertThat(text(server.get("/targets")))
        .isEqualTo(
            """
            {"status":"success","data":{"activeTargets":[\
            {"discoveredLabels":{"__address__":"h:9100"},\
            "labels":{"instance":"localhost:9090","job":"node"},"scrapePool":"node",\
            "scrapeUrl":"http://h:9100/metrics?a=b","globalUrl":"http://h:9100/metrics?a=b",\
            "lastError":"","lastScrape":"2023-11-14T22:13:20.12Z","lastScrapeDuration":0.0125,\
            "health":"up","scrapeInterval":"1m30s","scrapeTimeout":"10s"},\
            {"discoveredLabels":{"__address__":"h:9100"},\
            "labels":{"instance":"localhost:9090","job":"x"},"scrapePool":"x",\
            "scrapeUrl":"http://localhost:9090/exporters/x/metrics",\
            "globalUrl":"http://%s:9090/exporters/x/metrics",\
            "lastError":"","lastScrape":"0001-01-01T00:00:00Z","lastScrapeDuration":0,\
            "health":"unknown","scrapeInterval":"1m30s","scrapeTimeout":"10s"}],\
            "droppedTargets":[],"droppedTargetCounts":{"node":0,"x":0}}}"""
                .formatted(host));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?state=active|2|null",
        "?state=ANY|2|{\"node\":0,\"x\":0}",
        "?state=dropped|0|{\"node\":0,\"x\":0}",
        "?state=other|0|null",
        "?scrapePool=x|1|{\"node\":0,\"x\":0}",
        "?scrapePool=none|0|{\"node\":0,\"x\":0}"
      })
  void choosesTargetsByStateAndPool(String query, int active, String counts) throws Exception {
    server.routes.bindTargets(targets);
    String text = text(server.get("/targets" + query));
    assertThat(text.split("\"health\"", -1)).hasSize(active + 1);
    assertThat(text).endsWith("\"droppedTargetCounts\":" + counts + "}}");
  }

  @Test
  void saysWhichBundleIsMissingForTargets() throws Exception {
    HttpResponse<byte[]> response = server.get("/targets");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(text(response))
        .isEqualTo(
            """
            {"status":"error","errorType":"unavailable","error":"the targets are not there: \
            bundle io.narthex.scrape is not active"}""");
  }

  @Test
  void buildInfoClaimsUpstreamsVersionAndNoFeatures() throws Exception {
    assertThat(text(server.get("/status/buildinfo")))
        .isEqualTo(
            """
            {"status":"success","data":{"version":"3.14.0","revision":"","branch":"",\
            "buildUser":"","buildDate":"","goVersion":"","narthexVersion":"0.1.0"}}""");
  }

  @Test
  void runtimeInfoSaysOfTheProcessWhatUpstreamSays() throws Exception {
    String answer = text(server.get("/status/runtimeinfo"));
    Matcher matcher =
        Pattern.compile(
                """
                \\{"status":"success","data":\\{"startTime":"(.+?Z)","CWD":"(.+?)",\
                "hostname":"(.+?)","serverTime":"2023-11-14T22:13:20.123Z","corruptionCount":0,\
                "goroutineCount":([0-9]+),"GOMAXPROCS":([0-9]+),"GOMEMLIMIT":0,"GOGC":"",\
                "GODEBUG":"","storageRetention":"15d"}}""")
            .matcher(answer);
    assertThat(answer).matches(matcher.pattern());
    assertThat(matcher.matches()).isTrue();
    assertThat(Instant.parse(matcher.group(1)))
        .isBetween(Instant.now().minus(Duration.ofHours(1)), Instant.now());
    assertThat(Path.of(matcher.group(2))).isEqualTo(Path.of("").toAbsolutePath());
    assertThat(matcher.group(3)).isEqualTo(HostName.find());
    assertThat(Integer.parseInt(matcher.group(4))).isGreaterThan(3);
    assertThat(Integer.parseInt(matcher.group(5)))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
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
        "POST|/status/runtimeinfo|GET, OPTIONS"
      })
  void otherMethodsAre405(String method, String path, String allow) throws Exception {
    HttpResponse<byte[]> response = server.send(method, path);
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(text(response)).isEqualTo("Method Not Allowed\n");
    assertThat(response.headers().firstValue("Allow")).contains(allow);
  }

  @Test
  void optionsAnswersAnyPathForOtherSites() throws Exception {
    for (String path : List.of("/query", "/anything")) {
      HttpResponse<byte[]> response = server.send("OPTIONS", path, "Origin", "http://a.example");
      assertThat(response.statusCode()).isEqualTo(204);
      assertThat(response.headers().allValues("Vary")).contains("Origin");
      assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
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
    try (ApiServer strict = new ApiServer("https?://(a|b)\\.example")) {
      assertThat(allowed(strict, "http://a.example")).isEqualTo("http://a.example");
      assertThat(allowed(strict, "http://a.example.evil")).isEmpty();
      assertThat(allowed(strict, "http://c.example")).isEmpty();
    }
  }

  @Test
  void aBadOriginExpressionIsNamed() {
    assertThatThrownBy(() -> new ApiServer("("))
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

  private static Target target(String job, TargetEndpoint endpoint) {
    return new Target(
        job,
        Labels.of("job", job, "instance", "localhost:9090"),
        Labels.of("__address__", "h:9100"),
        endpoint,
        Duration.ofSeconds(90),
        Duration.ofSeconds(10),
        false,
        true);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
