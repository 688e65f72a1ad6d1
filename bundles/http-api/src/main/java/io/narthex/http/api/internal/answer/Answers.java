package io.narthex.http.api.internal.answer;

import io.narthex.http.api.internal.json.ChunkedBody;
import io.narthex.http.api.internal.json.JsonDocuments;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Executor;

/** Answers requests; all methods are called on the request's event loop. */
public final class Answers {
  private final Executor encoders;
  private final JsonDocuments documents = new JsonDocuments();

  /**
   * Answers.
   *
   * @param encoders where bodies are encoded, off the event loop; may reject
   */
  public Answers(Executor encoders) {
    this.encoders = encoders;
  }

  /** Sends a body with status 200. */
  public void success(RoutingContext request, ChunkedBody body) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.headers().add("Vary", "Accept-Encoding");
    Context eventLoop = request.vertx().getOrCreateContext();
    Compression accepted = Compression.accepted(request.request().getHeader("Accept-Encoding"));
    Transfer transfer =
        new Transfer(
            response,
            eventLoop,
            encoders,
            documents,
            body,
            accepted,
            (type, message) -> error(request, type, message));
    request.addEndHandler(ended -> eventLoop.runOnContext(ignored -> transfer.close()));
    transfer.start();
  }

  /** Sends upstream's error envelope. */
  public void error(RoutingContext request, ErrorType type, String message) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(type.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(Buffer.buffer(documents.error(type.text(), message)));
  }

  /** Sends one line of text, as Go's {@code http.Error} does. */
  public static void plain(RoutingContext request, int status, String line) {
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(line + "\n");
  }
}
