package io.narthex.alerting.internal.notify;

import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.GuardErrors;
import io.narthex.api.guard.PluginGuard;
import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.Notification;
import io.narthex.spi.notify.NotifierFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways to a receiver: a notifier of its own, called once at a time. A notifier that does
 * not come back from a call is left alone until it does, so that it costs one thread and not one
 * for each attempt. For use on the loop.
 */
final class Lane {
  /** To make or to close a notifier. */
  private static final Duration UPKEEP_LIMIT = Duration.ofSeconds(10);

  private final BoundNotifier notifier;
  private final Integration owner;
  private @Nullable Call busy;
  private boolean closed;

  Lane(BoundNotifier notifier, Integration owner) {
    this.notifier = notifier;
    this.owner = owner;
  }

  boolean isFree() {
    return busy == null && !closed;
  }

  boolean isBusy() {
    return busy != null;
  }

  /** Whether a call about the group has not come back: it may have been given up, and arrive. */
  boolean isAbout(String groupKey) {
    Call call = busy;
    return call != null && call.telling != null && call.telling.groupKey().equals(groupKey);
  }

  /** A call under way. Begins on a thread of the guard unless it was given up before. */
  private final class Call {
    private final AtomicBoolean decided = new AtomicBoolean();
    private final @Nullable Telling telling;

    /** The notifier said so; what the guard says after that changes nothing. */
    private volatile boolean arrived;

    Call(@Nullable Telling telling) {
      this.telling = telling;
    }

    /** Runs in the guard; tells the loop that the thread is back, whatever became of the call. */
    <T> T run(Callable<T> body) throws Exception {
      if (!decided.compareAndSet(false, true)) {
        throw new IllegalStateException("the call was given up before it began");
      }
      try {
        T result = body.call();
        arrived = result instanceof Delivery.Done;
        return result;
      } finally {
        owner.loop().run(() -> returned(this));
      }
    }

    /** Whether it did not begin, and never will. */
    boolean giveUp() {
      return decided.compareAndSet(false, true);
    }
  }

  /**
   * Makes the notifier now and not with the first delivery.
   *
   * @param failed is told, on the loop, why it could not be made
   */
  void create(Consumer<Throwable> failed) {
    Call call = new Call(null);
    busy = call;
    guarded("create notifier", UPKEEP_LIMIT, factory -> call.run(() -> notifier.notifier(factory)))
        .whenComplete(
            (made, failure) ->
                owner
                    .loop()
                    .run(
                        () -> {
                          if (failure != null) {
                            failed.accept(failure);
                          }
                          if (call.giveUp()) {
                            free(call);
                          }
                        }));
  }

  /**
   * Delivers it once.
   *
   * @param called is told, on the loop, how the call went
   */
  void deliver(Telling telling, BiConsumer<@Nullable Delivery, @Nullable Throwable> called) {
    Notification notification = telling.notification();
    Call call = new Call(telling);
    busy = call;
    telling.begun();
    guarded(
            "deliver",
            telling.callLimit(),
            factory -> call.run(() -> notifier.notifier(factory).deliver(notification)))
        .whenComplete(
            (result, failure) ->
                owner
                    .loop()
                    .run(
                        () -> {
                          if (call.giveUp()) {
                            free(call);
                          }
                          if (call.arrived) {
                            called.accept(new Delivery.Done(), null);
                          } else {
                            called.accept(result, failure);
                          }
                        }));
  }

  /**
   * The guard throws when the bundle or the server is on its way out: the call was not made then.
   */
  private <R> CompletableFuture<R> guarded(
      String operation, Duration limit, PluginGuard.PluginCall<NotifierFactory, R> body) {
    try {
      return owner.guard().call(notifier.registration().factory(), operation, limit, body);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(
          new NarthexException(GuardErrors.GONE, operation + ": " + e, e));
    }
  }

  /** The thread is back; perhaps after it was given up. */
  private void returned(Call call) {
    if (call.arrived && call.telling != null) {
      call.telling.arrivedLate();
    }
    free(call);
  }

  private void free(Call call) {
    if (busy == call) {
      busy = null;
      if (closed) {
        closeNotifier();
      } else {
        owner.proceed();
      }
    }
  }

  /** Nothing is delivered after this; the notifier is freed when its last call is over. */
  void close() {
    closed = true;
    if (busy == null) {
      closeNotifier();
    }
  }

  private void closeNotifier() {
    if (owner.isThere(notifier.registration())) {
      guarded(
              "close notifier",
              UPKEEP_LIMIT,
              factory -> {
                notifier.close();
                return true;
              })
          .whenComplete((done, failure) -> owner.noteNotClosed(failure));
    }
  }
}
