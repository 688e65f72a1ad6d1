package io.narthex.rules.internal.fake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs tasks at once on the caller's thread, or later, or none. */
public final class DirectPool extends AbstractExecutorService {
  /** Whether tasks are rejected. */
  public boolean full;

  /** Whether tasks wait for {@link #runHeld}. */
  public boolean holding;

  private final Deque<Runnable> held = new ArrayDeque<>();

  /** Runs the tasks that wait. */
  public void runHeld() {
    while (!held.isEmpty()) {
      held.remove().run();
    }
  }

  @Override
  public void execute(Runnable task) {
    if (full) {
      throw new RejectedExecutionException();
    }
    if (holding) {
      held.add(task);
    } else {
      task.run();
    }
  }

  @Override
  public void shutdown() {
    full = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    full = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return full;
  }

  @Override
  public boolean isTerminated() {
    return full;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
