package io.narthex.discovery.core.internal;

import io.narthex.api.time.Clock;
import io.narthex.discovery.core.internal.loop.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Runs tasks on the thread that gives them, one after the other; time passes when it is told. */
final class FakeLoop implements Loop, Clock {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Timer> timers = new ArrayList<>();
  private boolean running;
  private long now = 1_000_000_000_000L;

  private record Timer(long at, Runnable task) {}

  @Override
  public void run(Runnable task) {
    tasks.add(task);
    if (running) {
      return;
    }
    running = true;
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    running = false;
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
    return 1_700_000_000_000L + now / 1_000_000;
  }

  void pass(Duration time) {
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

  int timers() {
    return timers.size();
  }
}
