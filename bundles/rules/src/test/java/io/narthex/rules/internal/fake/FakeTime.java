package io.narthex.rules.internal.fake;

import io.narthex.api.time.Clock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A clock that is set by hand, and a scheduler that goes by it, on the thread that sets it. */
public final class FakeTime implements Clock {
  private final List<Task> tasks = new ArrayList<>();
  private long millis;
  private long sequence;

  private record Task(long due, long sequence, long period, Runnable body) {}

  /** It is this time. */
  public FakeTime(Instant start) {
    millis = start.toEpochMilli();
  }

  @Override
  public long wallMillis() {
    return millis;
  }

  @Override
  public long monotonicNanos() {
    return millis * 1_000_000;
  }

  /** The time. */
  public Instant now() {
    return Instant.ofEpochMilli(millis);
  }

  /** Time passes, and nothing that is due is run: somebody is busy. */
  public void pass(Duration time) {
    millis += time.toMillis();
  }

  /** Time passes; what becomes due is run in its time. */
  public void advance(Duration time) {
    long target = millis + time.toMillis();
    for (Task next = next(target); next != null; next = next(target)) {
      tasks.remove(next);
      millis = Math.max(millis, next.due());
      if (next.period() > 0) {
        add(millis + next.period(), next.period(), next.body());
      }
      next.body().run();
    }
    millis = Math.max(millis, target);
  }

  private Task next(long target) {
    return tasks.stream()
        .filter(task -> task.due() <= target)
        .min(Comparator.comparingLong(Task::due).thenComparingLong(Task::sequence))
        .orElse(null);
  }

  private Task add(long due, long period, Runnable body) {
    Task task = new Task(due, sequence++, period, body);
    tasks.add(task);
    return task;
  }

  /** The scheduler. */
  public ScheduledExecutorService scheduler() {
    return (ScheduledExecutorService)
        Proxy.newProxyInstance(
            FakeTime.class.getClassLoader(),
            new Class<?>[] {ScheduledExecutorService.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "schedule" ->
                      future(add(millis + delay(arguments[1], arguments[2]), 0, task(arguments)));
                  case "scheduleWithFixedDelay" ->
                      future(
                          add(
                              millis + delay(arguments[1], arguments[3]),
                              delay(arguments[2], arguments[3]),
                              task(arguments)));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Runnable task(Object[] arguments) {
    return (Runnable) arguments[0];
  }

  private static long delay(Object amount, Object unit) {
    return ((TimeUnit) unit).toMillis((Long) amount);
  }

  private Future<?> future(Task task) {
    return (Future<?>)
        Proxy.newProxyInstance(
            FakeTime.class.getClassLoader(),
            new Class<?>[] {java.util.concurrent.ScheduledFuture.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "cancel" -> tasks.remove(task);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
