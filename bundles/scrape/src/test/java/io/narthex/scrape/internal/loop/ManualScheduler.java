package io.narthex.scrape.internal.loop;

import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs tasks on the caller's thread when the fake clock reaches their times. */
final class ManualScheduler {
  private record Task(long time, Runnable body, CompletableFuture<Void> state) {}

  private final FakeClock clock;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::time));

  ManualScheduler(FakeClock clock) {
    this.clock = clock;
  }

  ScheduledExecutorService service() {
    return proxy(
        ScheduledExecutorService.class,
        (method, arguments) -> {
          if (!method.equals("schedule")) {
            throw new UnsupportedOperationException(method);
          }
          long delay = ((TimeUnit) arguments[2]).toMillis((Long) arguments[1]);
          return add(clock.wallMillis() + delay, (Runnable) arguments[0]);
        });
  }

  private ScheduledFuture<?> add(long time, Runnable body) {
    CompletableFuture<Void> state = new CompletableFuture<>();
    tasks.add(new Task(time, body, state));
    return proxy(
        ScheduledFuture.class,
        (method, arguments) -> method.equals("cancel") ? state.cancel(false) : null);
  }

  /** Lets time pass, and runs what becomes due on the way, each at its time. */
  void advanceTo(long time) {
    while (!tasks.isEmpty() && tasks.peek().time() <= time) {
      Task task = tasks.poll();
      clock.set(Math.max(clock.wallMillis(), task.time()));
      if (task.state().state() == Future.State.RUNNING) {
        task.body().run();
      }
    }
    clock.set(time);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            ManualScheduler.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.invoke(method.getName(), arguments)));
  }

  private interface Call {
    Object invoke(String method, Object[] arguments);
  }
}
