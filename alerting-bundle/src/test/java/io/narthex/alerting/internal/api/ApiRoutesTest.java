package io.narthex.alerting.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;
import io.narthex.api.error.NarthexException;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What upstream's answers do not show: limits, failures, and what is ours. */
@Timeout(60)
class ApiRoutesTest {
  private static final String ALERTS = "/alertmanager/api/v2/alerts";
  private static final String SILENCES = "/alertmanager/api/v2/silences";

  private ApiServer server;

  @BeforeEach
  void start() {
    server =
        new ApiServer(
            """
            global: {smtp_auth_password: hunter2}
            route: {receiver: a}
            receivers: [{name: a}]
            """,
            0);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void statusShowsTheConfigurationWithoutSecrets() throws Exception {
    HttpResponse<String> response = server.get("/alertmanager/api/v2/status");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .startsWith(
            "{\"cluster\":{\"peers\":[],\"status\":\"disabled\"},\"config\":{\"original\":\"global:\\n"
                + "  resolve_timeout: 5m\\n")
        .contains("smtp_auth_password: <secret>\\n")
        .doesNotContain("hunter2")
        .endsWith(
            "\"},\"uptime\":\"2026-01-02T03:04:05.678Z\",\"versionInfo\":{\"branch\":\"\","
                + "\"buildDate\":\"\",\"buildUser\":\"\",\"goVersion\":\"\","
                + "\"narthexVersion\":\"0.1.0-test\",\"revision\":\"\",\"version\":\"0.34.0\"}}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/alertmanager", "/alertmanager/"})
  void theRootLeadsToThePagesOfAlerts(String path) throws Exception {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location")).contains("/alerts");
  }

  @Test
  void otherPathsAreNotFound() throws Exception {
    HttpResponse<String> response = server.get("/alertmanager/other");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("404 page not found\n");
  }

  @Test
  void longBodiesAreRefusedByTheirLength() throws Exception {
    byte[] body = new byte[V2Routes.MAX_ALERT_BYTES + 1];
    HttpResponse<String> response =
        server.send(
            server
                .request(ALERTS)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body())
        .isEqualTo(
            "{\"code\":413,\"message\":\"request body exceeds the 16777216 bytes limit\"}\n");
  }

  @Test
  void longBodiesAreRefusedAsTheyCome() throws Exception {
    byte[] body = new byte[V2Routes.MAX_SILENCE_BYTES + 100_000];
    HttpResponse<String> response =
        server.send(
            server
                .request(SILENCES)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body))));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).contains("exceeds the 1048576 bytes limit");
    assertThat(server.get(SILENCES).body()).isEqualTo("[]\n");
  }

  @Test
  void aLargeBatchIsTaken() throws Exception {
    String batch =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    "{\"labels\":{\"alertname\":\"A\",\"i\":\"%d\",\"long\":\"%s\"}}"
                        .formatted(i, "x".repeat(5000)))
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(server.post(ALERTS, batch).statusCode()).isEqualTo(200);
    assertThat(server.get(ALERTS).body()).contains("\"i\":\"999\"");
  }

  @Test
  void alertsBeyondTheLimitAreRefusedAloud() throws Exception {
    String batch =
        IntStream.range(0, 1003)
            .mapToObj("{\"labels\":{\"alertname\":\"A%d\"}}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    HttpResponse<String> response = server.post(ALERTS, batch);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo(
            "\"3 of 1003 alerts were not taken: there are 1000 already that are not over, which is the"
                + " limit; it grows with the heap, which NARTHEX_JAVA_OPTS=-Xmx<size> sets\"\n");
  }

  @Test
  void deepNestingIsNoStackOverflow() throws Exception {
    HttpResponse<String> response =
        server.post(ALERTS, "[{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}]");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("nesting depth");
  }

  @Test
  void aFullDiskIsAnError() throws Exception {
    server.log.full = true;
    HttpResponse<String> response =
        server.post(
            SILENCES,
            """
            {"matchers":[{"name":"a","value":"b","isRegex":false}],"createdBy":"me","comment":"c",
             "startsAt":"2020-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z"}
            """);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("\"the disk is full\"\n");
    assertThat(server.get(SILENCES).body()).isEqualTo("[]\n");
  }

  @Test
  void tooManySilencesAreRefused() throws Exception {
    String silence =
        """
        {"matchers":[{"name":"a","value":"b","isRegex":false}],"createdBy":"me","comment":"c",
         "startsAt":"2020-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z"}
        """;
    for (int i = 0; i < 50; i++) {
      assertThat(server.post(SILENCES, silence).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> response = server.post(SILENCES, silence);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo("\"exceeded maximum number of silences: 50 (limit: 50)\"\n");
  }

  @ParameterizedTest
  @CsvSource({"GET, /alerts", "GET, /alerts/groups", "GET, /status", "GET, /receivers"})
  void withoutAConfigurationNothingIsShown(String method, String path) throws Exception {
    server.alertmanager.unavailable =
        Optional.of(
            new NarthexException(
                new ErrorCode("test/none", ErrorKind.UNAVAILABLE), "no configuration"));
    HttpResponse<String> response = server.get("/alertmanager/api/v2" + path);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("\"no configuration\"\n");
  }

  @Test
  void withoutAConfigurationAlertsAreNotTaken() throws Exception {
    server.alertmanager.unavailable =
        Optional.of(
            new NarthexException(
                new ErrorCode("test/none", ErrorKind.UNAVAILABLE), "no configuration"));
    assertThat(server.post(ALERTS, "[{\"labels\":{\"a\":\"b\"}}]").statusCode()).isEqualTo(503);
  }

  @Test
  void aReloadTellsWhatIsWrong() throws Exception {
    HttpResponse<String> good = server.post("/alertmanager/-/reload", "");
    assertThat(good.statusCode()).isEqualTo(200);
    assertThat(good.body()).isEmpty();
    server.alertmanager.reloadProblems = List.of("a.yml:1:1: bad", "a.yml:2:1: worse");
    HttpResponse<String> bad = server.post("/alertmanager/-/reload", "");
    assertThat(bad.statusCode()).isEqualTo(500);
    assertThat(bad.body()).isEqualTo("failed to reload config: a.yml:1:1: bad\na.yml:2:1: worse\n");
    assertThat(server.get("/alertmanager/-/reload").statusCode()).isEqualTo(405);
  }

  @Test
  void bodiesThatAreNotUtf8AreRefused() throws Exception {
    HttpResponse<String> response =
        server.send(
            server
                .request(ALERTS)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        "[{\"labels\":{\"a\":\"\u00ff\"}}]"
                            .getBytes(StandardCharsets.ISO_8859_1))));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("it is no JSON: line 1");
  }

  @Test
  void aTimeWithAnOffsetIsTheSameInUtc() throws Exception {
    assertThat(
            server
                .post(
                    ALERTS,
                    "[{\"labels\":{\"a\":\"b\"},\"startsAt\":\"2020-01-02T03:04:05+0130\"}]")
                .statusCode())
        .isEqualTo(200);
    assertThat(server.get(ALERTS).body()).contains("\"startsAt\":\"2020-01-02T01:34:05.000Z\"");
  }
}
