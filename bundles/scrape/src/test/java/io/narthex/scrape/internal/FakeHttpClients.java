package io.narthex.scrape.internal;

import io.narthex.api.http.BodySink;
import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpClientConfig;
import io.narthex.api.http.HttpClients;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every request with the same text. */
final class FakeHttpClients implements HttpClients {
  private final String body;
  private final AtomicInteger open = new AtomicInteger();

  FakeHttpClients(String body) {
    this.body = body;
  }

  int open() {
    return open.get();
  }

  @Override
  public HttpSession open(String purpose, HttpClientConfig config) {
    open.incrementAndGet();
    return new HttpSession() {
      @Override
      public CompletableFuture<HttpAnswer> send(HttpRequest request, BodySink sink) {
        sink.accept(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        return CompletableFuture.completedFuture(
            new HttpAnswer(200, "OK", Map.of("content-type", "text/plain")));
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }
}
