package io.narthex.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The web console of the assembled product: there for those in the users file, and only for them.
 */
class ConsoleIT {
  /** The bcrypt hash of "secret", of the least cost. */
  private static final String USERS =
      "eva:$2a$04$ei8wT9yUWEoPMPaFscQNKOACtDuFIfFtaL5dpysS7e74Vzgsffq/K\n";

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static NarthexProcess narthex;
  private static Path folder;
  private static String base;

  @BeforeAll
  static void start() throws IOException {
    folder = Product.emptyFolder("console");
    Path users = Files.writeString(folder.resolve("users"), USERS);
    int port = Product.freePort();
    base = "http://127.0.0.1:%d/system/console/".formatted(port);
    narthex =
        NarthexProcess.start(
                folder.resolve("data"),
                "--console.users-file=" + users,
                "--console.listen-address=127.0.0.1:" + port)
            .ready();
    Await.until("the console", LIMIT, () -> status("narthex", "eva:secret") == 200);
  }

  @AfterAll
  static void stop() {
    if (narthex != null) {
      narthex.close();
    }
  }

  @Test
  void onlyUsersAreLetIn() throws Exception {
    assertThat(status("bundles", "eva:wrong")).isEqualTo(401);
    assertThat(status("bundles", "other:secret")).isEqualTo(401);
    assertThat(send(request("bundles")).statusCode()).isEqualTo(401);
    assertThat(status("bundles", "eva:secret")).isEqualTo(200);
  }

  @Test
  void tabSaysWhichBundleContributesWhat() throws Exception {
    String page = send(as("eva:secret", request("narthex"))).body();
    assertThat(page)
        .contains("<td>notifier</td><td>webhook</td><td>io.narthex.notifier.webhook</td>")
        .contains("<td>discovery</td><td>file</td><td>io.narthex.discovery.file</td>");
  }

  @Test
  void otherSitesCanDoNothing() throws Exception {
    HttpRequest.Builder foreign =
        as("eva:secret", request("bundles/0"))
            .header("Origin", "http://evil.example")
            .POST(HttpRequest.BodyPublishers.ofString("action=stop"));
    assertThat(send(foreign).statusCode()).isEqualTo(403);
  }

  @Test
  void actionStopsABundleAndIsInTheAuditLog() throws Exception {
    HttpRequest.Builder stop =
        as("eva:secret", request("bundles/io.narthex.notifier.webhook"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("action=stop"));
    assertThat(send(stop).statusCode()).isLessThan(400);

    Await.until(
        "the notifier to be stopped",
        LIMIT,
        () ->
            send(as("eva:secret", request("narthex")))
                .body()
                .contains(
                    "<td>io.narthex.notifier.webhook</td><td>0.1.0.SNAPSHOT</td><td>stopped</td>"));
    assertThat(Files.readString(folder.resolve("data/audit/console.log")))
        .contains(
            "\"user\":\"eva\",\"remote\":\"127.0.0.1\",\"method\":\"POST\","
                + "\"path\":\"/system/console/bundles/io.narthex.notifier.webhook\",\"action\":\"stop\",\"outcome\":\"allowed\"");
  }

  @Test
  void withoutAUsersFileThereIsNoConsole() throws Exception {
    try (NarthexProcess plain =
        NarthexProcess.start(Product.emptyFolder("no-console").resolve("data")).ready()) {
      assertThat(plain.http().get("/api/v1/bundles").body()).doesNotContain("webconsole");
    }
  }

  private static int status(String path, String credentials) throws Exception {
    return send(as(credentials, request(path))).statusCode();
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(10));
  }

  private static HttpRequest.Builder as(String credentials, HttpRequest.Builder request) {
    String encoded =
        Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return request.header("Authorization", "Basic " + encoded);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
