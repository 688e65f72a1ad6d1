package io.narthex.http.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.NarthexException;
import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SessionTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na";
  private final TestClients clients = new TestClients();

  @AfterEach
  void stop() {
    clients.close();
  }

  private static HttpRequest request(RawServer server, Duration timeout) {
    return HttpRequest.get(URI.create("http://" + server.address() + "/m"), Map.of(), timeout);
  }

  @Test
  void keepsConnections() throws Exception {
    try (RawServer server = RawServer.answering(OK);
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      for (int i = 0; i < 5; i++) {
        assertThat(TestClients.send(session, request(server, TestClients.TIMEOUT)).text())
            .isEqualTo("200 a");
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void keepsTheConnectionAfterInterimAnswersAndEmptyBodies() throws Exception {
    String answer =
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No\r\n\r\n";
    try (RawServer server = RawServer.answering(answer);
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      for (int i = 0; i < 3; i++) {
        assertThat(TestClients.send(session, request(server, TestClients.TIMEOUT)).text())
            .isEqualTo("204 ");
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void sendsWhatUpstreamSends() throws Exception {
    try (RawServer server = RawServer.answering(OK);
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      TestClients.get(session, "http://" + server.address() + "/a/b?c=d&e=%20");
      String plain = server.requests.take();
      assertThat(plain).startsWith("GET /a/b?c=d&e=%20 HTTP/1.1\r\n");
      assertThat(plain.toLowerCase(java.util.Locale.ROOT).split("\r\n"))
          .contains("user-agent: prometheus/3.14.0", "host: " + server.address())
          .hasSize(3);
      TestClients.send(
          session,
          new HttpRequest(
              "POST",
              URI.create("http://" + server.address()),
              Map.of("User-Agent", "own", "Content-Type", "text/x"),
              "body".getBytes(StandardCharsets.UTF_8),
              TestClients.TIMEOUT));
      String post = server.requests.take().toLowerCase(java.util.Locale.ROOT);
      assertThat(post).startsWith("post / http/1.1\r\n").endsWith("\r\n\r\nbody");
      assertThat(post.split("\r\n"))
          .contains("user-agent: own", "content-type: text/x", "content-length: 4");
    }
  }

  /** The server answers once on the first connection, and then closes or resets it on the next. */
  private RawServer stale(boolean reset) throws Exception {
    return new RawServer(
        connection -> {
          connection.request();
          connection.send(OK);
          if (connection.number == 1) {
            connection.request();
            if (reset) {
              connection.reset();
            }
            return;
          }
          connection.request();
          connection.send(OK);
        });
  }

  @Test
  void asksAgainIfAKeptConnectionBreaks() throws Exception {
    for (boolean reset : List.of(false, true)) {
      try (RawServer server = stale(reset);
          HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
        TestClients.send(session, request(server, TestClients.TIMEOUT));
        assertThat(TestClients.send(session, request(server, TestClients.TIMEOUT)).text())
            .isEqualTo("200 a");
        assertThat(server.accepted()).isEqualTo(2);
        assertThat(server.requests).hasSize(3);
      }
    }
  }

  @Test
  void doesNotAskAgainIfThatMayChangeSomething() throws Exception {
    try (RawServer server = stale(false);
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      TestClients.send(session, request(server, TestClients.TIMEOUT));
      HttpRequest post =
          new HttpRequest(
              "POST",
              URI.create("http://" + server.address() + "/m"),
              Map.of(),
              new byte[] {1},
              TestClients.TIMEOUT);
      assertThat(TestClients.send(session, post).text())
          .isEqualTo("error Post \"http://%s/m\": EOF".formatted(server.address()));
      assertThat(server.requests).hasSize(2);
    }
  }

  @Test
  void doesNotAskANewConnectionAgain() throws Exception {
    try (RawServer server = new RawServer(RawServer.Connection::request);
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      TestClients.send(session, request(server, TestClients.TIMEOUT));
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      for (String host : List.of("127.0.0.1", "localhost")) {
        String url = "http://%s:%d/metrics".formatted(host, port);
        TestClients.Outcome outcome = TestClients.get(session, url);
        assertThat(outcome.text())
            .isEqualTo(
                "error Get \"%s\": dial tcp 127.0.0.1:%d: connect: connection refused"
                    .formatted(url, port));
        assertThat(outcome.code()).isEqualTo(HttpErrors.CONNECTION);
      }
    }
  }

  @Test
  void refusesUrlsThatCannotBeAsked() throws Exception {
    Map<String, String> expected =
        Map.of(
            "ftp://a/b", "unsupported protocol scheme \"ftp\"",
            "http:///b", "http: no Host in request URL",
            "http://a:99999/", "invalid port \"99999\"");
    try (HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      for (Map.Entry<String, String> entry : expected.entrySet()) {
        assertThat(TestClients.get(session, entry.getKey()).text())
            .isEqualTo("error Get \"%s\": %s".formatted(entry.getKey(), entry.getValue()));
      }
    }
  }

  @Test
  void refusesMethodsThatAreNone() throws Exception {
    try (RawServer server = RawServer.answering(OK);
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      HttpRequest odd =
          new HttpRequest(
              "NO METHOD",
              URI.create("http://" + server.address() + "/"),
              Map.of(),
              new byte[0],
              Duration.ofSeconds(30));
      assertThat(TestClients.send(session, odd).text())
          .startsWith("error No method \"http://%s/\": ".formatted(server.address()))
          .doesNotContain("deadline");
      assertThat(server.requests).isEmpty();
    }
  }

  @Test
  void manyTargetsBehindOneHostDoNotWaitForEachOther() throws Exception {
    int count = 300;
    CountDownLatch all = new CountDownLatch(count);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.request();
                  all.countDown();
                  try {
                    all.await(20, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  connection.send(OK);
                });
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      List<CompletableFuture<HttpAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        URI url = URI.create("http://%s/%d".formatted(server.address(), i));
        answers.add(
            session.send(HttpRequest.get(url, Map.of(), Duration.ofSeconds(30)), piece -> true));
      }
      for (CompletableFuture<HttpAnswer> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void givesAnAnswerUpWhoseBodyIsRefused() throws Exception {
    AtomicInteger pieces = new AtomicInteger();
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.request();
                  connection.send("HTTP/1.1 200 OK\r\n\r\n");
                  try {
                    while (true) {
                      connection.send("a".repeat(10_000));
                    }
                  } finally {
                    closed.countDown();
                  }
                });
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      CompletableFuture<HttpAnswer> answer =
          session.send(request(server, TestClients.TIMEOUT), piece -> pieces.incrementAndGet() < 3);
      assertThat(failure(answer).code()).isEqualTo(HttpErrors.BODY_REFUSED);
      assertThat(pieces).hasValue(3);
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static NarthexException failure(CompletableFuture<HttpAnswer> answer) throws Exception {
    try {
      HttpAnswer unexpected = answer.get(30, TimeUnit.SECONDS);
      throw new AssertionError("answered " + unexpected);
    } catch (ExecutionException e) {
      return (NarthexException) e.getCause();
    }
  }

  @Test
  void aSinkThatFailsEndsTheRequest() throws Exception {
    try (RawServer server = RawServer.answering(OK);
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      CompletableFuture<HttpAnswer> answer =
          session.send(
              request(server, TestClients.TIMEOUT),
              piece -> {
                throw new IllegalStateException("full");
              });
      assertThat(failure(answer)).hasMessageContaining("full");
    }
  }

  @Test
  void cancellingClosesTheConnection() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.request();
                  asked.countDown();
                  connection.hang();
                  closed.countDown();
                });
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      CompletableFuture<HttpAnswer> answer =
          session.send(request(server, TestClients.TIMEOUT), piece -> true);
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      answer.cancel(true);
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theTimeoutClosesTheConnection() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
            new RawServer(
                connection -> {
                  connection.request();
                  connection.hang();
                  closed.countDown();
                });
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      TestClients.Outcome outcome =
          TestClients.send(session, request(server, Duration.ofMillis(200)));
      assertThat(outcome.code()).isEqualTo(HttpErrors.TIMEOUT);
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closingGivesUpWhatIsUnderWay() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            connection -> {
              connection.request();
              asked.countDown();
              connection.hang();
              closed.countDown();
            })) {
      HttpSession session = clients.open(HttpClientConfig.DEFAULT);
      CompletableFuture<HttpAnswer> answer =
          session.send(request(server, TestClients.TIMEOUT), piece -> true);
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      session.close();
      String expected =
          "Get \"http://%s/m\": the HTTP client was closed".formatted(server.address());
      assertThat(failure(answer)).hasMessage(expected);
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(failure(session.send(request(server, TestClients.TIMEOUT), piece -> true)))
          .hasMessage(expected);
    }
  }

  @Test
  void theEndOfTheBundleClosesWhatNobodyClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (TestClients other = new TestClients();
        RawServer server =
            new RawServer(
                connection -> {
                  connection.request();
                  connection.send(OK);
                  asked.countDown();
                  connection.hang();
                  closed.countDown();
                })) {
      TestClients.send(other.open(HttpClientConfig.DEFAULT), request(server, TestClients.TIMEOUT));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      other.closeScope();
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void givesTheFirstValueOfEachHeader() throws Exception {
    try (RawServer server =
            RawServer.answering(
                "HTTP/1.1 418 I'm odd\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 0\r\n\r\n");
        HttpSession session = clients.open(HttpClientConfig.DEFAULT)) {
      HttpAnswer answer =
          session
              .send(request(server, TestClients.TIMEOUT), piece -> true)
              .get(10, TimeUnit.SECONDS);
      assertThat(answer)
          .isEqualTo(new HttpAnswer(418, "I'm odd", Map.of("x-a", "1", "content-length", "0")));
    }
  }
}
