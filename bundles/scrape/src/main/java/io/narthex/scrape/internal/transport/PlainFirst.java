package io.narthex.scrape.internal.transport;

import io.narthex.scrape.internal.fetch.Body;
import io.narthex.scrape.internal.fetch.RedirectedException;
import io.narthex.scrape.internal.fetch.TargetFetcher;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a target plainly until it redirects, and from then on by the platform's client, which
 * follows. The scrape that met the redirect is asked for once more.
 */
final class PlainFirst implements TargetFetcher {
  private final TargetFetcher plain;
  private final Supplier<TargetFetcher> other;
  private volatile @Nullable TargetFetcher successor;
  private boolean closed;

  PlainFirst(TargetFetcher plain, Supplier<TargetFetcher> other) {
    this.plain = plain;
    this.other = other;
  }

  @Override
  public CompletableFuture<Body> fetch() {
    TargetFetcher next = successor;
    if (next != null) {
      return next.fetch();
    }
    CompletableFuture<Body> result = new CompletableFuture<>();
    plain
        .fetch()
        .whenComplete(
            (body, failure) -> {
              try {
                settle(result, body, failure);
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  private void settle(
      CompletableFuture<Body> result, @Nullable Body body, @Nullable Throwable failure) {
    if (body != null) {
      result.complete(body);
    } else if (failure instanceof RedirectedException) {
      follow().fetch().whenComplete((late, why) -> complete(result, late, why));
    } else {
      complete(result, null, failure);
    }
  }

  private static void complete(
      CompletableFuture<Body> result, @Nullable Body body, @Nullable Throwable failure) {
    if (body != null) {
      result.complete(body);
    } else {
      result.completeExceptionally(
          failure == null ? new IllegalStateException("neither body nor failure") : failure);
    }
  }

  private synchronized TargetFetcher follow() {
    if (closed) {
      return plain;
    }
    TargetFetcher next = other.get();
    plain.close();
    successor = next;
    return next;
  }

  @Override
  public synchronized void close() {
    closed = true;
    plain.close();
    TargetFetcher next = successor;
    if (next != null) {
      next.close();
    }
  }
}
