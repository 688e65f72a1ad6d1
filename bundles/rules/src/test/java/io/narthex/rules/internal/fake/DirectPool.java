package io.narthex.rules.internal.fake;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs tasks at once on the caller's thread, or none. */
public final class DirectPool extends AbstractExecutorService {
  /** Whether tasks are rejected. */
  public boolean full;

  @Override
  public void execute(Runnable task) {
    if (full) {
      throw new RejectedExecutionException();
    }
    task.run();
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
