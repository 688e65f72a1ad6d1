package io.narthex.http.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus of bad servers, with what upstream's client was recorded to say about each. */
final class BadServersTest {
  private static final int SHOWN = 30;
  private static TestClients clients;

  record Server(String name, List<String> steps, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    clients = new TestClients();
  }

  @AfterAll
  static void stop() {
    clients.close();
  }

  static Stream<Server> servers() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    BadServersTest.class.getResourceAsStream("/bad-servers.tsv")),
                StandardCharsets.UTF_8))) {
      return in
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(BadServersTest::server)
          .toList()
          .stream();
    }
  }

  private static Server server(String line) {
    String[] columns = line.split("\t", -1);
    return new Server(columns[0], List.of(columns[1].split(" \\| ")), columns[columns.length - 1]);
  }

  private static HttpClientConfig config(Server bad) {
    HttpClientConfig usual = HttpClientConfig.DEFAULT;
    return new HttpClientConfig(
        usual.authorization(),
        usual.tls(),
        usual.proxy(),
        !bad.name().startsWith("does not follow"),
        usual.enableHttp2(),
        usual.headers());
  }

  @ParameterizedTest
  @MethodSource("servers")
  void answersAsUpstream(Server bad) throws Exception {
    Duration timeout =
        bad.expected().contains("deadline") || bad.steps().contains("hang")
            ? Duration.ofMillis(700)
            : TestClients.TIMEOUT;
    try (RawServer server = RawServer.following(bad.steps());
        HttpSession session = clients.open(config(bad))) {
      TestClients.Outcome outcome =
          TestClients.get(session, "http://" + server.address() + "/metrics", timeout);
      String text = outcome.text();
      if (!text.startsWith("error") && text.length() > SHOWN + 4) {
        text = text.substring(0, SHOWN + 4);
      }
      assertThat(
              text.replaceAll("127\\.0\\.0\\.1:\\d+->", "{client}->")
                  .replace(server.address(), "{addr}"))
          .isEqualTo(bad.expected());
      if (text.contains("deadline")) {
        assertThat(outcome.code()).isEqualTo(HttpErrors.TIMEOUT);
      }
    }
  }
}
