package io.narthex.remote.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the body of a request into an array that the budget pays for. What comes after a refusal
 * is dropped: closing at once could lose the answer. For use on the request's event loop, but for
 * {@link #free}.
 */
final class RequestBody {
  /** No body may be longer (upstream: maxDecodedSize). */
  static final int MAX_BYTES = 32 * 1024 * 1024;

  /**
   * How much of a refused body is dropped before the connection is closed: senders that do not read
   * while they write would see a broken connection instead of the answer, and try again.
   */
  private static final long MAX_DROPPED_BYTES = 4L * MAX_BYTES;

  private static final int FIRST_BYTES = 16 * 1024;
  private static final byte[] NOTHING = {};

  /** What goes wrong while a body is received. */
  enum Fault {
    TOO_LONG,
    NO_ROOM,
    LOST
  }

  private final HttpServerRequest request;
  private final BodyBudget budget;
  private final Consumer<Fault> refused;
  private byte[] array = NOTHING;
  private int length;
  private long dropped;
  private boolean over;

  private RequestBody(HttpServerRequest request, BodyBudget budget, Consumer<Fault> refused) {
    this.request = request;
    this.budget = budget;
    this.refused = refused;
  }

  /**
   * Receives the body.
   *
   * @param then gets it once it is complete, and frees it
   * @param refused gets the reason if it will not be complete
   */
  static void receive(
      HttpServerRequest request,
      BodyBudget budget,
      Consumer<RequestBody> then,
      Consumer<Fault> refused) {
    RequestBody body = new RequestBody(request, budget, refused);
    request.exceptionHandler(lost -> body.refuse(Fault.LOST));
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
  static void drop(HttpServerRequest request) {
    RequestBody body = new RequestBody(request, new BodyBudget(0), fault -> {});
    body.over = true;
    request.exceptionHandler(lost -> {});
    request.handler(body::add);
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  /** Gives the array back; once. */
  void free() {
    int size = array.length;
    array = NOTHING;
    length = 0;
    budget.giveBack(size);
  }

  private void announced(@Nullable String contentLength) {
    if (contentLength == null) {
      return;
    }
    // The server has checked that it is a number.
    long announced = contentLength.length() > 18 ? Long.MAX_VALUE : Long.parseLong(contentLength);
    if (announced > MAX_BYTES) {
      refuse(Fault.TOO_LONG);
    }
  }

  private void add(Buffer chunk) {
    if (over) {
      drop(chunk);
    } else if (length + chunk.length() > MAX_BYTES) {
      refuse(Fault.TOO_LONG);
    } else if (makeRoom(length + chunk.length())) {
      chunk.getBytes(array, length);
      length += chunk.length();
    } else {
      refuse(Fault.NO_ROOM);
    }
  }

  private boolean makeRoom(int needed) {
    if (needed <= array.length) {
      return true;
    }
    int larger = Math.clamp(needed * 2L, FIRST_BYTES, MAX_BYTES);
    if (!budget.take(larger)) {
      return false;
    }
    int before = array.length;
    array = Arrays.copyOf(array, larger);
    budget.giveBack(before);
    return true;
  }

  private void refuse(Fault fault) {
    if (!over) {
      over = true;
      free();
      refused.accept(fault);
    }
  }

  private void drop(Buffer chunk) {
    dropped += chunk.length();
    if (dropped > MAX_DROPPED_BYTES) {
      request.connection().close();
    }
  }
}
