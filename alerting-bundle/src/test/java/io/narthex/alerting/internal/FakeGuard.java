package io.narthex.alerting.internal;

import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.GuardErrors;
import io.narthex.api.guard.PluginGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.osgi.service.component.ComponentServiceObjects;

/** Calls at once, or lets calls of notifiers that hang run out of time. */
public final class FakeGuard implements PluginGuard {
  private final FakeLoop loop;

  /** The calls that hang; each may be let go on, once. */
  public final List<Runnable> hanging = new ArrayList<>();

  /** What was called. */
  public final List<String> operations = new ArrayList<>();

  /** How many of the next deliveries fail although the notifier said that they arrived. */
  public int lostAnswers;

  /** How many of the next calls throw instead of failing. */
  public int broken;

  /** Works with the clock of the loop. */
  public FakeGuard(FakeLoop loop) {
    this.loop = loop;
  }

  @Override
  public <S, R> CompletableFuture<R> call(
      ComponentServiceObjects<S> plugin, String operation, Duration limit, PluginCall<S, R> call) {
    operations.add(operation);
    CompletableFuture<R> result = new CompletableFuture<>();
    Callable<R> body = () -> call.apply(plugin.getService());
    if (!(plugin instanceof FakeNotifier notifier)) {
      run(operation, body, result);
      return result;
    }
    if (broken > 0) {
      broken--;
      throw new IllegalStateException("the guard has stopped");
    }
    if (notifier.gone) {
      return failed(GuardErrors.GONE, operation + ": the service is gone");
    }
    if (notifier.busy) {
      return failed(GuardErrors.BUSY, operation + ": all threads are in use");
    }
    if (notifier.hang != FakeNotifier.Hang.NOT && operation.equals("deliver")) {
      block(notifier, operation, limit, body, result);
      return result;
    }
    run(operation, body, result);
    if (lostAnswers > 0 && operation.equals("deliver")) {
      lostAnswers--;
      return failed(GuardErrors.FAILED, "deliver: the service could not be given back");
    }
    return result;
  }

  /** The thread is in the call when this returns. */
  private <R> void block(
      FakeNotifier notifier,
      String operation,
      Duration limit,
      Callable<R> body,
      CompletableFuture<R> result) {
    boolean yields = notifier.hang == FakeNotifier.Hang.INTERRUPTIBLE;
    Thread thread = Thread.ofPlatform().daemon().start(() -> run(operation, body, result));
    notifier.entered.acquireUninterruptibly();
    hanging.add(
        () -> {
          notifier.letGo(thread);
          join(thread);
        });
    loop.runAfter(
        limit,
        () -> {
          result.completeExceptionally(
              new NarthexException(
                  GuardErrors.TIMEOUT,
                  "%s: did not return within %d ms".formatted(operation, limit.toMillis())));
          if (yields) {
            thread.interrupt();
            join(thread);
          }
        });
  }

  private static void join(Thread thread) {
    try {
      if (!thread.join(Duration.ofSeconds(10))) {
        throw new AssertionError("the thread does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <R> void run(String operation, Callable<R> body, CompletableFuture<R> result) {
    try {
      result.complete(body.call());
    } catch (Exception e) {
      result.completeExceptionally(
          new NarthexException(GuardErrors.FAILED, operation + ": " + e.getMessage(), e));
    }
  }

  private static <R> CompletableFuture<R> failed(
      io.narthex.api.error.ErrorCode code, String message) {
    return CompletableFuture.failedFuture(new NarthexException(code, message));
  }
}
