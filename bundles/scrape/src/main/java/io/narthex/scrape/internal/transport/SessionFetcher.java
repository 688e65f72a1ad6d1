package io.narthex.scrape.internal.transport;

import io.narthex.api.error.NarthexException;
import io.narthex.api.http.HttpAnswer;
import io.narthex.api.http.HttpErrors;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpSession;
import io.narthex.api.target.Target;
import io.narthex.scrape.internal.fetch.Body;
import io.narthex.scrape.internal.fetch.ByteSink;
import io.narthex.scrape.internal.fetch.ByteSinks;
import io.narthex.scrape.internal.fetch.Decompression;
import io.narthex.scrape.internal.fetch.FetchException;
import io.narthex.scrape.internal.fetch.TargetFetcher;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Gets what a target exposes by the platform's HTTP client. */
final class SessionFetcher implements TargetFetcher {
  private static final int OK = 200;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Sessions sessions;
  private final Target target;
  private final HttpRequest request;
  private final ByteSinks sinks;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable CompletableFuture<HttpAnswer> underWay;

  SessionFetcher(
      Sessions sessions, Target target, URI url, Map<String, String> headers, ByteSinks sinks) {
    this.sessions = sessions;
    this.target = target;
    this.request = HttpRequest.get(url, headers, target.timeout());
    this.sinks = sinks;
    sessions.join(target.options().http());
  }

  @Override
  public CompletableFuture<Body> fetch() {
    HttpSession session = sessions.session(target.options().http(), target.pool());
    if (session == null) {
      return CompletableFuture.failedFuture(
          new FetchException(
              "this target needs more than plain HTTP, and the HTTP client is not there"));
    }
    long limit = target.options().limits().bodySize();
    ByteSink sink = sinks.take(limit == 0 ? Long.MAX_VALUE : limit);
    CompletableFuture<HttpAnswer> answer = session.send(request, piece -> take(sink, piece));
    underWay = answer;
    // The client keeps the time itself; this is for one that breaks its promise.
    answer.orTimeout(target.timeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    return answer.handle((head, failure) -> body(sink, head, failure));
  }

  /** The size of the uncompressed body is checked later; this only bounds the memory. */
  private static boolean take(ByteSink sink, ByteBuffer piece) {
    int count = piece.remaining();
    if (!sink.reserve(count)) {
      return false;
    }
    piece.get(sink.array(), sink.length(), count);
    sink.advance(count);
    return true;
  }

  private Body body(ByteSink sink, @Nullable HttpAnswer head, @Nullable Throwable failure) {
    if (head != null && head.status() == OK) {
      boolean gzip = head.header("content-encoding").equals("gzip");
      return new Body(sink, head.header("content-type"), gzip);
    }
    // A request that failed may still be handing pieces to the sink, so it is not used again.
    if (head != null) {
      sinks.giveBack(sink);
    }
    throw new CompletionException(new FetchException(problem(head, failure)));
  }

  private static String problem(@Nullable HttpAnswer head, @Nullable Throwable failure) {
    if (head != null) {
      // The blank stands also where there is no reason: servers send it, and upstream shows it.
      return "server returned HTTP status %d %s".formatted(head.status(), head.reason());
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof TimeoutException) {
      return "context deadline exceeded";
    }
    if (cause instanceof NarthexException known && known.code().equals(HttpErrors.BODY_REFUSED)) {
      return Decompression.TOO_LARGE;
    }
    return String.valueOf(cause == null ? null : cause.getMessage());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      CompletableFuture<HttpAnswer> answer = underWay;
      if (answer != null) {
        answer.cancel(false);
      }
      sessions.leave(target.options().http());
    }
  }
}
