package io.narthex.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Asks a Prometheus-compatible server, ours or a peer. */
final class HttpAnswers {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;

  HttpAnswers(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  HttpResponse<String> get(String path) throws IOException {
    return send(HttpRequest.newBuilder(URI.create(base + path)));
  }

  HttpResponse<String> send(String method, String path, String... headers) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  int status(String path) throws IOException {
    return get(path).statusCode();
  }

  JsonNode json(String path) throws IOException {
    return JSON.readTree(get(path).body());
  }

  /** The result of an instant query for now. */
  JsonNode query(String expression) throws IOException {
    JsonNode answer = json("/api/v1/query?query=" + encode(expression));
    if (!answer.path("status").asText().equals("success")) {
      throw new IOException("query %s: %s".formatted(expression, answer));
    }
    return answer.path("data").path("result");
  }

  /** The result of a range query; times in seconds. */
  JsonNode queryRange(String expression, double start, double end, double step) throws IOException {
    JsonNode answer =
        json(
            "/api/v1/query_range?query=%s&start=%s&end=%s&step=%s"
                .formatted(encode(expression), start, end, step));
    if (!answer.path("status").asText().equals("success")) {
      throw new IOException("query %s: %s".formatted(expression, answer));
    }
    return answer.path("data").path("result");
  }

  /** The labels of each series of a result, to its newest value. */
  static Map<Map<String, String>, Double> values(JsonNode result) {
    Map<Map<String, String>, Double> values = new java.util.HashMap<>();
    for (JsonNode series : result) {
      Map<String, String> labels = new TreeMap<>();
      series
          .path("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      values.put(labels, Double.parseDouble(series.path("value").path(1).asText()));
    }
    return values;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return CLIENT.send(
          request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
