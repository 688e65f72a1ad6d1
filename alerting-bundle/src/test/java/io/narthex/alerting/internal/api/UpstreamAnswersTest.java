package io.narthex.alerting.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every request of {@code upstream-answers.http}, in order, is answered as upstream's Alertmanager
 * 0.34 answered it: status, headers and body, but for ids and times of now, the reasons why a text
 * is no JSON, and the order of methods.
 */
@Timeout(60)
class UpstreamAnswersTest {
  private static final Path FOLDER = Path.of("src/test/resources/api");
  private static final Pattern UUID =
      Pattern.compile("(?!0{8})[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern NOW =
      Pattern.compile("\"%s-[-0-9T:.]+Z\"".formatted(Year.now(ZoneOffset.UTC)));
  private static final Pattern SILENCE_ID = Pattern.compile("\"silenceID\":\"([^\"]+)\"");
  private static final Pattern REASON =
      Pattern.compile("(body from \\\\\"\\\\\" failed, because ).*");
  private static final Pattern METHODS = Pattern.compile("\\[([A-Z]+,[A-Z,]+)\\]");
  private static final List<String> HEADERS =
      List.of(
          "Allow",
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Cache-Control",
          "Content-Type",
          "Vary");

  /** A request and its answer. */
  private record Exchange(
      String name,
      String method,
      String path,
      Map<String, String> headers,
      String body,
      String answer) {}

  @Test
  void requestsAreAnsweredAsUpstreamDoes() throws Exception {
    List<Exchange> exchanges = read();
    assertThat(exchanges).hasSizeGreaterThan(150);
    List<String> differences = new ArrayList<>();
    String id = "-";
    try (ApiServer server =
        new ApiServer(Files.readString(FOLDER.resolve("alertmanager.yml")), 0)) {
      for (Exchange exchange : exchanges) {
        HttpResponse<String> response = server.send(request(server, exchange, id));
        Matcher made = SILENCE_ID.matcher(response.body());
        id = made.find() ? made.group(1) : id;
        String answer = normal(text(response));
        if (!answer.equals(normal(exchange.answer()))) {
          differences.add(
              "%s\n  upstream: %s\n  ours:     %s"
                  .formatted(exchange.name(), normal(exchange.answer()), answer));
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static HttpRequest.Builder request(ApiServer server, Exchange exchange, String id) {
    HttpRequest.Builder request =
        server.request("/alertmanager" + exchange.path().replace("{id}", id).replace("|", "%7C"));
    exchange.headers().forEach(request::header);
    return request.method(
        exchange.method(),
        exchange.headers().containsKey("Content-Type") || !exchange.body().isEmpty()
            ? HttpRequest.BodyPublishers.ofString(exchange.body().replace("{id}", id))
            : HttpRequest.BodyPublishers.noBody());
  }

  private static String text(HttpResponse<String> response) {
    StringBuilder out = new StringBuilder().append(response.statusCode());
    for (String header : HEADERS) {
      List<String> values = response.headers().allValues(header);
      if (!values.isEmpty()) {
        out.append('\n').append(header).append(": ").append(String.join(", ", values));
      }
    }
    return out.append("\n\n").append(response.body()).toString().strip();
  }

  private static String normal(String answer) {
    String text = NOW.matcher(UUID.matcher(answer).replaceAll("<id>")).replaceAll("\"<now>\"");
    return REASON
        .matcher(METHODS.matcher(text).replaceAll(m -> "[" + sorted(m.group(1)) + "]"))
        .replaceAll("$1")
        .lines()
        .map(line -> line.startsWith("Allow: ") ? "Allow: " + sorted(line.substring(7)) : line)
        .collect(Collectors.joining("\n"));
  }

  private static String sorted(String methods) {
    return Arrays.stream(methods.split(", ?")).sorted().collect(Collectors.joining(","));
  }

  private static List<Exchange> read() throws Exception {
    List<Exchange> exchanges = new ArrayList<>();
    String all = Files.readString(FOLDER.resolve("upstream-answers.http"));
    for (String part : all.split("(?m)^### ")) {
      if (!part.isEmpty()) {
        exchanges.add(exchange(part));
      }
    }
    return exchanges;
  }

  private static Exchange exchange(String part) {
    String[] halves = part.split("(?m)^>>> ", 2);
    String[] headAndBody = halves[0].split("\n\n", 2);
    String[] lines = headAndBody[0].split("\n");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 2; i < lines.length; i++) {
      String[] header = lines[i].split(": ", 2);
      headers.put(header[0], header[1]);
    }
    String body = headAndBody.length == 1 ? "" : headAndBody[1];
    String[] request = lines[1].split(" ", 2);
    return new Exchange(
        lines[0],
        request[0],
        request[1],
        headers,
        body.endsWith("\n") ? body.substring(0, body.length() - 1) : body,
        halves[1].strip());
  }
}
