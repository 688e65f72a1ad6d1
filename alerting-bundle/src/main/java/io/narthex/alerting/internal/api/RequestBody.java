package io.narthex.alerting.internal.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the body of a request up to a limit; all bodies on their way together have one as well.
 * What comes after a refusal is dropped: closing at once could lose the answer. For use on the
 * request's event loop.
 */
final class RequestBody {
  private final HttpServerRequest request;
  private final int limit;
  private final Budget budget;
  private final Consumer<Answer> refused;
  private final Buffer received = Buffer.buffer();
  private long dropped;
  private boolean over;

  private RequestBody(
      HttpServerRequest request, int limit, Budget budget, Consumer<Answer> refused) {
    this.request = request;
    this.limit = limit;
    this.budget = budget;
    this.refused = refused;
  }

  /** How many bytes all bodies may have together. May be used from any thread. */
  static final class Budget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    Budget(long limit) {
      this.limit = limit;
    }

    private boolean take(int bytes) {
      if (taken.addAndGet(bytes) <= limit) {
        return true;
      }
      taken.addAndGet(-bytes);
      return false;
    }

    void giveBack(int bytes) {
      taken.addAndGet(-bytes);
    }

    /** How many bytes are taken now. */
    long taken() {
      return taken.get();
    }
  }

  /**
   * Receives a body.
   *
   * @param then gets it once it is complete, and gives its length back to the budget
   * @param refused gets the answer if it will not be complete
   */
  static void receive(
      HttpServerRequest request,
      int limit,
      Budget budget,
      Consumer<byte[]> then,
      Consumer<Answer> refused) {
    RequestBody body = new RequestBody(request, limit, budget, refused);
    request.exceptionHandler(lost -> body.refuse(Answer.error(400, "the body ended early")));
    request.handler(body::add);
    request.endHandler(
        end -> {
          if (!body.over) {
            body.over = true;
            then.accept(body.received.getBytes());
          }
        });
    body.checkAnnounced(request.getHeader("Content-Length"));
    if (!body.over && "100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
  }

  private void checkAnnounced(@Nullable String contentLength) {
    // The server has checked that it is a number.
    if (contentLength != null
        && (contentLength.length() > 18 || Long.parseLong(contentLength) > limit)) {
      refuse(tooLong());
    }
  }

  private void add(Buffer chunk) {
    if (over) {
      drop(chunk);
    } else if (received.length() + chunk.length() > limit) {
      refuse(tooLong());
    } else if (budget.take(chunk.length())) {
      received.appendBuffer(chunk);
    } else {
      refuse(Answer.text(503, "too much is being received at once, send it again later"));
    }
  }

  private Answer tooLong() {
    return Answer.error(413, "request body exceeds the %d bytes limit".formatted(limit));
  }

  private void refuse(Answer answer) {
    if (!over) {
      over = true;
      budget.giveBack(received.length());
      refused.accept(answer);
    }
  }

  private void drop(Buffer chunk) {
    dropped += chunk.length();
    if (dropped > limit) {
      request.connection().close();
    }
  }
}
