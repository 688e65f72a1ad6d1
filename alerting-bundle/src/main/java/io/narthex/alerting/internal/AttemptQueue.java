package io.narthex.alerting.internal;

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
 * Runs attempts to load one after the other. At most one waits: who asks while one waits gets that
 * one's result, since it has not looked at the file yet.
 */
final class AttemptQueue {
  private final Executor thread;
  private final Supplier<LoadAttempt> attempt;
  private final Clock clock;

  // All guarded by this.
  private @Nullable CompletableFuture<LoadAttempt> waiting;
  private @Nullable CompletableFuture<LoadAttempt> running;
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
      synchronized (this) {
        waiting = waiting == added ? null : waiting;
      }
      added.complete(stopped());
    }
    return added.copy();
  }

  private void run(CompletableFuture<LoadAttempt> future) {
    synchronized (this) {
      if (closed) {
        return;
      }
      waiting = waiting == future ? null : waiting;
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
        List.of("the configuration was not reloaded: the alerting bundle stops"));
  }
}
