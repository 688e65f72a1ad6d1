package io.narthex.remote.internal;

import io.narthex.remote.internal.write.Answer;
import io.narthex.remote.internal.write.WriteMetrics;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request that waits for its answer, which it gets once, from whatever thread. */
final class PendingWrite {
  /** Senders may come again after so many seconds. */
  private static final String RETRY_AFTER = "5";

  private final HttpServerResponse response;
  private final Context eventLoop;
  private final WriteMetrics metrics;
  private final AtomicBoolean answered = new AtomicBoolean();

  /** Made on the request's event loop. */
  PendingWrite(RoutingContext request, WriteMetrics metrics) {
    this.response = request.response();
    this.eventLoop = request.vertx().getOrCreateContext();
    this.metrics = metrics;
  }

  /** Answers; later answers are dropped. */
  void answer(Answer answer) {
    if (answered.compareAndSet(false, true)) {
      metrics.answered(answer.status());
      eventLoop.runOnContext(ignored -> send(answer));
    }
  }

  private void send(Answer answer) {
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
