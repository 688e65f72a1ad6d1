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

  /** Sends a body with status 200, compressed if the client takes that. */
  public void success(RoutingContext request, ChunkedBody body) {
    send(request, body, Compression.accepted(request.request().getHeader("Accept-Encoding")));
  }

  /** Sends a body with status 200 as it is. */
  public void uncompressed(RoutingContext request, ChunkedBody body) {
    send(request, body, Compression.NONE);
  }

  private void send(RoutingContext request, ChunkedBody body, Compression accepted) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    Context eventLoop = request.vertx().getOrCreateContext();
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

  /** Sends status 204, which has no body. */
  public static void noContent(RoutingContext request) {
    HttpServerResponse response = request.response();
    if (!response.ended() && !response.closed()) {
      response.setStatusCode(204).end();
    }
  }

  /** Sends one line of text, as Go's {@code http.Error} does. */
  public static void plain(RoutingContext request, int status, String line) {
    Buffer text = Buffer.buffer(line + "\n");
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        // By hand: the answer to HEAD has it too, without the text.
        .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(text.length()))
        .end(text);
  }
}
