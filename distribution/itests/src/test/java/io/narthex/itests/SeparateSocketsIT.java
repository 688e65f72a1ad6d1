package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Alertmanager and the Pushgateway on addresses of their own, as the programs they replace. */
class SeparateSocketsIT {
  private static final int alertmanager = Product.freePort();
  private static final int pushgateway = Product.freePort();
  private static NarthexProcess narthex;

  @BeforeAll
  static void start() throws IOException {
    narthex =
        NarthexProcess.start(
                Product.emptyFolder("sockets").resolve("data"),
                "--alertmanager.listen-address=127.0.0.1:" + alertmanager,
                "--pushgateway.listen-address=127.0.0.1:" + pushgateway)
            .ready();
  }

  @AfterAll
  static void stop() {
    if (narthex != null) {
      narthex.close();
    }
  }

  @Test
  void alertmanagerAnswersWithoutItsPrefix() throws Exception {
    HttpAnswers own = new HttpAnswers(alertmanager);
    assertThat(own.status("/-/healthy")).isEqualTo(200);
    assertThat(own.json("/api/v2/status").path("cluster").path("status").asText())
        .isEqualTo("disabled");
    assertThat(own.get("/api/v2/receivers").body())
        .isEqualTo(narthex.http().get("/alertmanager/api/v2/receivers").body());
    assertThat(own.status("/alertmanager/api/v2/alerts?active=true")).isEqualTo(200);
    assertThat(own.status("/api/v1/query?query=up")).as("for the pages of the UI").isEqualTo(200);
  }

  @Test
  void pushgatewayAnswersWithoutItsPrefix() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> pushed =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:%d/metrics/job/backup".formatted(pushgateway)))
                  .PUT(HttpRequest.BodyPublishers.ofString("backup_bytes 42\n"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(pushed.statusCode()).isEqualTo(200);
    }
    String line = "backup_bytes{instance=\"\",job=\"backup\"} 42\n";
    assertThat(new HttpAnswers(pushgateway).get("/metrics").body()).contains(line);
    assertThat(narthex.http().get("/pushgateway/metrics").body()).contains(line);
    assertThat(narthex.http().get("/metrics").body()).doesNotContain("backup_bytes");
  }
}
