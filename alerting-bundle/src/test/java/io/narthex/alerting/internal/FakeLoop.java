package io.narthex.alerting.internal;

import io.narthex.alerting.internal.loop.Loop;
import io.narthex.api.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Runs tasks on the thread that gives them, one after the other; time passes when it is told. */
public final class FakeLoop implements Loop, Clock {
  /** When the clock starts. */
  public static final long START = 1_767_225_600_000L;

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Timer> timers = new ArrayList<>();
  private boolean running;
  private long now;

  private record Timer(long at, Runnable task) {}

  @Override
  public void run(Runnable task) {
    tasks.add(task);
    if (running) {
      return;
    }
    running = true;
    try {
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    } finally {
      running = false;
    }
  }

  @Override
  public Task runAfter(Duration delay, Runnable task) {
    Timer timer = new Timer(now + delay.toNanos(), task);
    timers.add(timer);
    return () -> timers.removeIf(other -> other == timer);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public long monotonicNanos() {
    return now;
  }

  @Override
  public long wallMillis() {
    return START + now / 1_000_000;
  }

  /** How long after the start it is. */
  public Duration elapsed() {
    return Duration.ofNanos(now);
  }

  /** Lets time pass; what is due meanwhile runs at its time. */
  public void pass(Duration time) {
    long end = now + time.toNanos();
    while (true) {
      Timer next =
          timers.stream()
              .filter(timer -> timer.at <= end)
              .min(Comparator.comparingLong(Timer::at))
              .orElse(null);
      if (next == null) {
        now = end;
        return;
      }
      timers.remove(next);
      now = Math.max(now, next.at);
      run(next.task);
    }
  }

  /** As if the process died: nothing that waits runs any more. */
  public void kill() {
    tasks.clear();
    timers.clear();
  }

  /** How many tasks wait for their time. */
  public int timers() {
    return timers.size();
  }
}
