package io.narthex.pushgateway.internal.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of a push while it comes in. What comes after a refusal is dropped: closing at once
 * could lose the answer. For use on the request's event loop until it is complete, and by whoever
 * got it then.
 */
public final class PushBody {
  /** No body may be longer, neither as it comes nor uncompressed. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private final HttpServerRequest request;
  private final BodyBudget budget;
  private final Consumer<Answer> refused;
  private Buffer buffer = Buffer.buffer();
  private int paid;
  private long dropped;
  private boolean over;

  private PushBody(HttpServerRequest request, BodyBudget budget, Consumer<Answer> refused) {
    this.request = request;
    this.budget = budget;
    this.refused = refused;
  }

  /**
   * Receives the body.
   *
   * @param then gets it once it is complete, and frees it
   * @param refused gets the answer if it will not be complete
   */
  public static void receive(
      HttpServerRequest request,
      BodyBudget budget,
      Consumer<PushBody> then,
      Consumer<Answer> refused) {
    PushBody body = new PushBody(request, budget, refused);
    request.exceptionHandler(lost -> body.refuse(new Answer(400, "the body ended early")));
    request.handler(body::add);
    request.endHandler(
        end -> {
          if (!body.over) {
            body.over = true;
            then.accept(body);
          }
        });
    body.announced(request.getHeader("Content-Length"));
    if (!body.over && "100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
  }

  /** Drops the body of a request that is answered already. */
  public static void drop(HttpServerRequest request) {
    PushBody body = new PushBody(request, new BodyBudget(0), answer -> {});
    body.over = true;
    request.exceptionHandler(lost -> {});
    request.handler(body::add);
  }

  /** What came in. It is not kept twice: the next call gives nothing. */
  byte[] bytes() {
    byte[] bytes = buffer.getBytes();
    buffer = Buffer.buffer();
    return bytes;
  }

  /** Takes more of the budget for this body; false if there is not so much. */
  boolean pay(int bytes) {
    if (!budget.take(bytes)) {
      return false;
    }
    paid += bytes;
    return true;
  }

  /** How many bytes came in. */
  public int length() {
    return buffer.length();
  }

  /** Gives the memory back; once. */
  public void free() {
    buffer = Buffer.buffer();
    budget.giveBack(paid);
    paid = 0;
  }

  private void announced(@Nullable String contentLength) {
    // The server has checked that it is a number.
    if (contentLength != null
        && (contentLength.length() > 18 || Long.parseLong(contentLength) > MAX_BYTES)) {
      refuse(tooLong());
    }
  }

  private void add(Buffer chunk) {
    if (over) {
      drop(chunk);
    } else if (buffer.length() + chunk.length() > MAX_BYTES) {
      refuse(tooLong());
    } else if (pay(chunk.length())) {
      buffer.appendBuffer(chunk);
    } else {
      refuse(tooMuch());
    }
  }

  /** The answer while the budget is used up. */
  public static Answer tooMuch() {
    return Answer.unavailable("too much is being pushed at once, send it again later");
  }

  static Answer tooLong() {
    return new Answer(413, "request body exceeds the %d bytes limit".formatted(MAX_BYTES));
  }

  private void refuse(Answer answer) {
    if (!over) {
      over = true;
      free();
      refused.accept(answer);
    }
  }

  private void drop(Buffer chunk) {
    dropped += chunk.length();
    if (dropped > MAX_BYTES) {
      request.connection().close();
    }
  }
}
