package io.narthex.pushgateway.internal.web;

import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** A request that waits for its answer, which it gets once, from whatever thread. */
public final class PendingAnswer {
  /** Clients may come again after so many seconds. */
  private static final String RETRY_AFTER = "5";

  private final HttpServerResponse response;
  private final Context eventLoop;
  private final IntConsumer answered;
  private final AtomicBoolean done = new AtomicBoolean();

  /**
   * Made on the request's event loop.
   *
   * @param answered gets the status when it is known
   */
  public PendingAnswer(RoutingContext request, IntConsumer answered) {
    this.response = request.response();
    this.eventLoop = request.vertx().getOrCreateContext();
    this.answered = answered;
  }

  /** Answers; later answers are dropped. */
  public void answer(Answer answer) {
    if (done.compareAndSet(false, true)) {
      answered.accept(answer.status());
      eventLoop.runOnContext(ignored -> send(response, answer));
    }
  }

  /** Sends an answer, on the request's event loop. */
  public static void send(HttpServerResponse response, Answer answer) {
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(answer.status());
    if (answer.status() == 503) {
      response.putHeader("Retry-After", RETRY_AFTER);
    }
    if (answer.text().isEmpty()) {
      response.end();
      return;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(answer.text() + "\n");
  }
}
