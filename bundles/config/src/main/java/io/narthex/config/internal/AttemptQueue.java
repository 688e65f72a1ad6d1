package io.narthex.config.internal;

import io.narthex.api.config.LoadAttempt;
import io.narthex.api.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts one after the other. At most one waits: who asks while one waits gets that one's
 * result, since it has not looked at the files yet.
 */
final class AttemptQueue {
  private final Executor thread;
  private final Supplier<LoadAttempt> attempt;
  private final Clock clock;

  /** Guarded by this. */
  private @Nullable CompletableFuture<LoadAttempt> waiting;

  /** Guarded by this. */
  private @Nullable CompletableFuture<LoadAttempt> running;

  /** Guarded by this. */
  private boolean closed;

  AttemptQueue(Executor thread, Supplier<LoadAttempt> attempt, Clock clock) {
    this.thread = thread;
    this.attempt = attempt;
    this.clock = clock;
  }

  /** Asks for an attempt; after {@link #close} the answer is there at once. */
  CompletableFuture<LoadAttempt> add() {
    CompletableFuture<LoadAttempt> added;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.completedFuture(stopped());
      }
      if (waiting != null) {
        return waiting.copy();
      }
      added = new CompletableFuture<>();
      waiting = added;
    }
    try {
      thread.execute(() -> run(added));
    } catch (RejectedExecutionException | IllegalStateException e) {
      refuse(added);
    }
    return added.copy();
  }

  private void refuse(CompletableFuture<LoadAttempt> added) {
    synchronized (this) {
      if (waiting == added) {
        waiting = null;
      }
    }
    added.complete(stopped());
  }

  private void run(CompletableFuture<LoadAttempt> future) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (waiting == future) {
        waiting = null;
      }
      running = future;
    }
    try {
      future.complete(attempt.get());
    } finally {
      future.complete(stopped());
    }
  }

  /** Ends the attempts that will not come to an end; there are no more after that. */
  void close() {
    CompletableFuture<LoadAttempt> first;
    CompletableFuture<LoadAttempt> second;
    synchronized (this) {
      closed = true;
      first = running;
      second = waiting;
      waiting = null;
    }
    if (first != null) {
      first.complete(stopped());
    }
    if (second != null) {
      second.complete(stopped());
    }
  }

  private LoadAttempt stopped() {
    return new LoadAttempt(
        Instant.ofEpochMilli(clock.wallMillis()),
        List.of("the configuration was not reloaded: the bundle that loads it stops"));
  }
}
