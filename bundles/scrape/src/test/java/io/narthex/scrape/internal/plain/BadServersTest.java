package io.narthex.scrape.internal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.http.HttpClientConfig;
import io.narthex.scrape.internal.fetch.Body;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.Decompression;
import io.narthex.scrape.internal.fetch.FetchException;
import io.narthex.scrape.internal.fetch.RedirectedException;
import io.narthex.scrape.internal.thread.ScrapeThread;
import io.narthex.scrape.internal.thread.ThreadScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus of odd and bad targets, with what upstream was recorded to say about each. */
class BadServersTest {
  /** None of them may take as long: what is wrong is seen at once. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final int BODY_LIMIT = 1 << 20;

  private final ThreadScope scope = new ThreadScope();
  private final ScrapeThread thread = new ScrapeThread("scrape", new SystemClock(), scope);
  private final ByteSinks sinks = new ByteSinks(BODY_LIMIT);

  BadServersTest() {
    thread.start();
  }

  record Server(String name, List<String> steps, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Server> servers() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(BadServersTest.class.getResourceAsStream("bad-servers.tsv")),
                StandardCharsets.UTF_8))) {
      return in
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(
              cells ->
                  new Server(cells[0], List.of(cells[1].split(" \\| ")), cells[cells.length - 1]))
          .toList()
          .stream();
    }
  }

  @AfterEach
  void stop() {
    thread.close();
    scope.close();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void saysAtOnceWhatUpstreamSays(Server bad) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(connection -> follow(connection, bad.steps()))) {
      URI url = URI.create("http://127.0.0.1:%d/metrics".formatted(server.port()));
      boolean followed = !bad.name().startsWith("does not follow");
      assertThat(outcome(url, followed).replace(url.toString(), "{url}")).isEqualTo(bad.expected());
    }
  }

  private String outcome(URI url, boolean follow) throws Exception {
    byte[] request = RequestText.of(url, Map.of(), HttpClientConfig.DEFAULT);
    PlainFetcher fetcher =
        new PlainFetcher(
            thread,
            new Addresses(Runnable::run),
            sinks,
            url,
            new PlainFetcher.Limits(TIMEOUT, 0),
            follow,
            request);
    CompletableFuture<CompletableFuture<Body>> begun = new CompletableFuture<>();
    thread.execute(() -> begun.complete(fetcher.fetch()));
    try {
      Body body = begun.get(10, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
      String text = text(body);
      return text.strip().equals("a 1")
          ? "up"
          : "up with " + text.replace("\r", "\\r").replace("\n", "\\n");
    } catch (FetchException e) {
      return String.valueOf(e.getMessage());
    } catch (ExecutionException e) {
      return e.getCause() instanceof RedirectedException
          ? "left to the HTTP client"
          : String.valueOf(e.getCause().getMessage());
    } finally {
      fetcher.close();
    }
  }

  private static String text(Body body) throws FetchException {
    ByteSink bytes = body.bytes();
    if (body.gzip()) {
      bytes = new ByteSink(BODY_LIMIT);
      new Decompression().inflate(body.bytes(), bytes);
    }
    return new String(bytes.array(), 0, bytes.length(), StandardCharsets.ISO_8859_1);
  }

  private static void follow(ScriptedServer.Connection connection, List<String> steps)
      throws IOException {
    connection.request();
    for (String step : steps) {
      String[] parts = step.split(":", 2);
      switch (parts[0]) {
        case "send" -> connection.send(unescaped(parts[1]));
        case "repeat" -> {
          String[] times = parts[1].split(":", 2);
          connection.send(unescaped(times[1]).repeat(Integer.parseInt(times[0])));
        }
        case "hang" -> connection.request();
        case "close" -> {
          // What is unread at the close would reset the connection.
          connection.socket().shutdownOutput();
          connection.request();
        }
        default -> throw new IllegalArgumentException(step);
      }
    }
  }

  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      i++;
      switch (text.charAt(i)) {
        case 'r' -> out.append('\r');
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'x' -> {
          out.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        }
        default -> throw new IllegalArgumentException(text);
      }
    }
    return out.toString();
  }
}
