package io.narthex.itests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A target that can be switched off, as a dead process would be, and on again. */
final class SwitchedTarget implements AutoCloseable {
  private final int port = Product.freePort();
  private volatile String exposition = "m 1\n";
  private HttpServer server;

  SwitchedTarget() throws IOException {
    on();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** What it answers from now on. */
  void expose(String exposition) {
    this.exposition = exposition;
  }

  synchronized void on() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/metrics", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  synchronized void off() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exposition.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    off();
  }
}
