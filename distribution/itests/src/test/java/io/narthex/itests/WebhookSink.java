package io.narthex.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A webhook receiver that keeps what it was sent. */
final class WebhookSink implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<Page> pages = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  /** A notification: when it came, and its body. */
  record Page(long nanos, JsonNode body) {
    boolean isFor(String alert, String state) {
      return body.path("status").asText().equals(state)
          && body.path("groupLabels").path("alertname").asText().equals(alert);
    }

    String label(String name) {
      return body.path("commonLabels").path(name).asText();
    }
  }

  WebhookSink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort());
  }

  /** What the next requests are answered with. */
  void answer(int status) {
    this.status = status;
  }

  /** All that were taken with status 200. */
  List<Page> pages() {
    return List.copyOf(pages);
  }

  List<Page> pages(Predicate<Page> which) {
    return pages.stream().filter(which).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      if (status == 200) {
        pages.add(new Page(System.nanoTime(), body));
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  /** Seconds between two moments of {@link System#nanoTime}. */
  static double seconds(long from, long to) {
    return (to - from) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
