package io.narthex.runtime.internal.guard;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One call into a drop-in. It ends once: by coming back, by throwing, or by running out of time; a
 * thread that comes back later is noticed but changes nothing.
 */
final class GuardedCall<R> implements Runnable {
  private final Callable<R> body;
  private final CompletableFuture<R> outcome = new CompletableFuture<>();
  private @Nullable Thread thread;
  private boolean over;
  private boolean givenUp;
  private final Runnable onReturnAfterGivenUp;

  GuardedCall(Callable<R> body, Runnable onReturnAfterGivenUp) {
    this.body = body;
    this.onReturnAfterGivenUp = onReturnAfterGivenUp;
  }

  CompletableFuture<R> outcome() {
    return outcome;
  }

  @Override
  public void run() {
    synchronized (this) {
      thread = Thread.currentThread();
    }
    try {
      outcome.complete(body.call());
    } catch (Throwable thrown) {
      // Whatever a drop-in throws, an Error of a missing class too, is its own failure.
      outcome.completeExceptionally(thrown);
    } finally {
      finish();
    }
  }

  private void finish() {
    boolean late;
    synchronized (this) {
      over = true;
      thread = null;
      late = givenUp;
      // An interrupt that came too late must not hit the thread's next call.
      Thread.interrupted();
    }
    if (late) {
      onReturnAfterGivenUp.run();
    }
  }

  /** Interrupts the thread if it is still at it. */
  synchronized void interrupt() {
    if (!over && thread != null) {
      thread.interrupt();
    }
  }

  /**
   * Gives the thread up if it is still at it.
   *
   * @return whether it was
   */
  synchronized boolean giveUp() {
    givenUp = !over && thread != null;
    return givenUp;
  }
}
