package io.narthex.scrape.internal.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.scrape.internal.fetch.Body;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.FetchException;
import io.narthex.scrape.internal.fetch.RedirectedException;
import io.narthex.scrape.internal.plain.ScriptedServer.Script;
import io.narthex.scrape.internal.thread.ScrapeThread;
import io.narthex.scrape.internal.thread.ThreadScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainFetcherTest {
  private static final Duration TIMEOUT = Duration.ofMillis(700);
  private static final int BODY_LIMIT = 1 << 20;

  private final ThreadScope scope = new ThreadScope();
  private final ScrapeThread thread = new ScrapeThread("scrape", new SystemClock(), scope);
  private final ByteSinks sinks = new ByteSinks(BODY_LIMIT);
  private final Addresses addresses = new Addresses(Runnable::run);
  private final List<List<String>> requests = new CopyOnWriteArrayList<>();

  PlainFetcherTest() {
    thread.start();
  }

  @AfterEach
  void stop() {
    thread.close();
    scope.close();
  }

  @Test
  void sendsOneRequestAfterTheOtherOverOneConnection() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(connection -> answerAll(connection, "up 1\n"))) {
      PlainFetcher fetcher = fetcher("127.0.0.1", server.port(), true);
      for (int i = 0; i < 3; i++) {
        assertThat(text(fetch(fetcher))).isEqualTo("1 up 1\n");
      }
    }
    assertThat(requests).hasSize(3);
    assertThat(requests.getFirst()).first().isEqualTo("GET /metrics?a=b HTTP/1.1");
    assertThat(requests.getFirst()).contains("Accept: x");
    assertThat(requests.getFirst().get(1)).startsWith("Host: 127.0.0.1:");
  }

  /** What a server does with its nth connection, and how it ends; URL stands for the target's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hang | Get \"URL\": context deadline exceeded",
        "head then hang | context deadline exceeded",
        "endless | body size limit exceeded",
        "cut | unexpected EOF",
        "close | Get \"URL\": EOF",
        "half a head | Get \"URL\": net/http: HTTP/1.x transport connection broken: malformed MIME header: missing colon: \"Conten\"",
        "garbage | Get \"URL\": net/http: HTTP/1.x transport connection broken: malformed HTTP response \"garbage\"",
        "404 | server returned HTTP status 404 Not Found",
        "500 endless | server returned HTTP status 500 Oh no",
        "drip | context deadline exceeded",
      })
  void aBadTargetOnlyFailsItself(String behaviour, String expected) throws Exception {
    try (ScriptedServer bad = new ScriptedServer(script(behaviour));
        ScriptedServer good = new ScriptedServer(c -> answerAll(c, "up 1\n"))) {
      PlainFetcher fetcher = fetcher("127.0.0.1", bad.port(), true);
      PlainFetcher other = fetcher("127.0.0.1", good.port(), true);
      CompletableFuture<Body> failing = begin(fetcher);
      assertThat(text(fetch(other))).isEqualTo("1 up 1\n");
      assertThatThrownBy(() -> failing.get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOf(FetchException.class)
          .hasMessage(expected.replace("URL", url("127.0.0.1", bad.port()).toString()));
    }
  }

  @Test
  void takesAFreshConnectionIfTheKeptOneWasClosed() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.request();
              connection.ok(connection.number() + "\n");
              // Only now, amid the next request, does the client learn that it is over.
              connection.request();
              connection.reset();
            })) {
      PlainFetcher fetcher = fetcher("127.0.0.1", server.port(), true);
      assertThat(text(fetch(fetcher))).isEqualTo("1\n");
      assertThat(text(fetch(fetcher))).isEqualTo("2\n");
    }
  }

  @Test
  void keepsTheConnectionIfTheRestOfARefusalComesAndElseTakesAFreshOne() throws Exception {
    Semaphore told = new Semaphore(0);
    Semaphore sent = new Semaphore(0);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.request();
              connection.send("HTTP/1.1 503 Soon\r\nContent-Length: 4\r\n\r\nab");
              if (connection.number() == 1) {
                connection.request();
                return;
              }
              told.acquireUninterruptibly();
              connection.send("cd");
              sent.release();
              answerAll(connection, "up 1\n");
            })) {
      PlainFetcher fetcher = fetcher("127.0.0.1", server.port(), true);
      assertThatThrownBy(() -> fetch(fetcher))
          .hasMessageEndingWith("server returned HTTP status 503 Soon");
      String body = "";
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (body.isEmpty() && System.nanoTime() < end) {
        try {
          body = text(fetch(fetcher));
        } catch (ExecutionException refused) {
          assertThat(refused).hasMessageEndingWith("503 Soon");
          told.release();
          sent.acquire();
        }
      }
      assertThat(body).as("a second answer of one connection").matches("[2-9] up 1\n");
    }
  }

  @Test
  void aResetOfAFreshConnectionIsAFailure() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.request();
              connection.reset();
            })) {
      PlainFetcher fetcher = fetcher("127.0.0.1", server.port(), true);
      assertThatThrownBy(() -> fetch(fetcher))
          .hasMessageMatching(
              ".*Get \"http://127.0.0.1:\\d+/metrics\\?a=b\": read tcp 127.0.0.1:\\d+->127.0.0.1:\\d+: read: connection reset by peer");
    }
  }

  @Test
  void namesWhatCannotBeConnected() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> fetch(fetcher("127.0.0.1", free, true)))
        .hasMessageEndingWith(
            "Get \"http://127.0.0.1:%d/metrics?a=b\": dial tcp 127.0.0.1:%d: connect: connection refused"
                .formatted(free, free));
    assertThatThrownBy(() -> fetch(fetcher("no-such-host.invalid", 80, true)))
        .hasMessageEndingWith("dial tcp: lookup no-such-host.invalid: no such host");
  }

  @Test
  void leavesRedirectsToOthersUnlessTheyAreNotToBeFollowed() throws Exception {
    Script redirect =
        connection -> {
          connection.request();
          connection.send("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
          connection.request();
        };
    try (ScriptedServer server = new ScriptedServer(redirect)) {
      assertThatThrownBy(() -> fetch(fetcher("127.0.0.1", server.port(), true)))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(RedirectedException.class);
      assertThatThrownBy(() -> fetch(fetcher("127.0.0.1", server.port(), false)))
          .hasMessageEndingWith("server returned HTTP status 302 Found");
    }
  }

  @Test
  void readsALargeBody() throws Exception {
    String body = "x".repeat(BODY_LIMIT - 4) + "\n";
    try (ScriptedServer server = new ScriptedServer(connection -> answerAll(connection, body))) {
      PlainFetcher fetcher = fetcher("127.0.0.1", server.port(), true);
      for (int i = 0; i < 3; i++) {
        assertThat(text(fetch(fetcher)).length()).isEqualTo(BODY_LIMIT - 1);
      }
    }
  }

  @Test
  void closingGivesUpWhatIsUnderWay() throws Exception {
    try (ScriptedServer server = new ScriptedServer(script("hang"))) {
      PlainFetcher fetcher = fetcher("127.0.0.1", server.port(), true);
      CompletableFuture<Body> asked = begin(fetcher);
      fetcher.close();
      assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS)).hasMessageContaining("canceled");
    }
  }

  private Script script(String behaviour) {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
    return connection -> {
      connection.request();
      switch (behaviour) {
        case "hang" -> connection.request();
        case "head then hang" -> {
          connection.send(head + "abc");
          connection.request();
        }
        case "endless" -> endless(connection, "HTTP/1.1 200 OK\r\n\r\n");
        case "500 endless" -> endless(connection, "HTTP/1.1 500 Oh no\r\n\r\n");
        case "cut" -> connection.send(head + "abc");
        case "close" -> {}
        case "half a head" -> connection.send("HTTP/1.1 200 OK\r\nConten");
        case "garbage" -> connection.send("garbage\r\n\r\n");
        case "404" -> {
          connection.send("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc");
          connection.request();
        }
        case "drip" -> drip(connection, head);
        default -> throw new IllegalArgumentException(behaviour);
      }
    };
  }

  private static void endless(ScriptedServer.Connection connection, String head)
      throws IOException {
    connection.send(head);
    String piece = "x".repeat(60_000);
    while (true) {
      connection.send(piece);
    }
  }

  /** A byte now and then keeps nothing alive. */
  private static void drip(ScriptedServer.Connection connection, String head) throws IOException {
    connection.send(head);
    connection.socket().setSoTimeout(50);
    while (true) {
      connection.send("x");
      try {
        connection.request();
        return;
      } catch (SocketTimeoutException next) {
        // 50 ms have passed.
      }
    }
  }

  private void answerAll(ScriptedServer.Connection connection, String body) throws IOException {
    for (List<String> request = connection.request();
        !request.isEmpty();
        request = connection.request()) {
      requests.add(request);
      connection.ok(connection.number() + " " + body);
    }
  }

  private PlainFetcher fetcher(String host, int port, boolean follow) {
    URI url = url(host, port);
    byte[] request = RequestText.of(url, Map.of("Accept", "x"), HttpClientConfig.DEFAULT);
    return new PlainFetcher(
        thread, addresses, sinks, url, new PlainFetcher.Limits(TIMEOUT, 0), follow, request);
  }

  private static URI url(String host, int port) {
    return URI.create("http://%s:%d/metrics?a=b".formatted(host, port));
  }

  private CompletableFuture<Body> begin(PlainFetcher fetcher) {
    CompletableFuture<Body> result = new CompletableFuture<>();
    thread.execute(
        () ->
            fetcher
                .fetch()
                .whenComplete(
                    (body, failure) -> {
                      if (body != null) {
                        result.complete(body);
                      } else {
                        result.completeExceptionally(failure);
                      }
                    }));
    return result;
  }

  private Body fetch(PlainFetcher fetcher) throws Exception {
    return begin(fetcher).get(10, TimeUnit.SECONDS);
  }

  private String text(Body body) {
    String text =
        new String(body.bytes().array(), 0, body.bytes().length(), StandardCharsets.ISO_8859_1);
    sinks.giveBack(body.bytes());
    return text;
  }
}
