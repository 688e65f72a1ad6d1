package io.narthex.alerting.internal.api;

import io.narthex.api.error.NarthexException;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out answers off the event loop, and sends them. */
final class Desk {
  private static final Logger logger = LoggerFactory.getLogger(Desk.class);

  private final Executor threads;

  /**
   * A desk.
   *
   * @param threads where answers are found out; may reject
   */
  Desk(Executor threads) {
    this.threads = threads;
  }

  /** Finds out and sends an answer; called on the request's event loop. */
  void answer(RoutingContext context, Supplier<Answer> work) {
    Context eventLoop = context.vertx().getOrCreateContext();
    try {
      threads.execute(
          () -> {
            Answer answer = answerOf(work);
            eventLoop.runOnContext(ignored -> send(context, answer));
          });
    } catch (RejectedExecutionException ignored) {
      send(context, Answer.text(503, "too many requests wait already, try again later"));
    }
  }

  private static Answer answerOf(Supplier<Answer> work) {
    try {
      return work.get();
    } catch (RequestException e) {
      return e.answer();
    } catch (NarthexException e) {
      return Answer.text(status(e), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      logger.atError().setCause(e).log("a request to the alerting API failed");
      return Answer.text(500, "internal error: " + e);
    }
  }

  private static int status(NarthexException e) {
    return switch (e.code().kind()) {
      case BAD_DATA -> 400;
      case NOT_FOUND -> 404;
      case UNAVAILABLE, TIMEOUT -> 503;
      default -> 500;
    };
  }

  /** Sends an answer; called on the request's event loop. */
  static void send(RoutingContext context, Answer answer) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    byte[] body = answer.body();
    if (body == null) {
      response.end();
    } else {
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
          // By hand: the answer to HEAD has it too, without the body.
          .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length))
          .end(Buffer.buffer(body));
    }
  }

  /** Sends one line of text. */
  static void line(RoutingContext context, int status, String line) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.closed()) {
      response
          .setStatusCode(status)
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
          .end(line);
    }
  }
}
