package io.narthex.runtime.internal.scope;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for tasks at their times; unlike the JDK's own, a periodic task that throws once is
 * not dropped.
 */
final class SteadyScheduler extends ScheduledThreadPoolExecutor {
  private static final Logger logger = LoggerFactory.getLogger(SteadyScheduler.class);

  SteadyScheduler(ThreadFactory threads) {
    super(1, threads);
    setRemoveOnCancelPolicy(true);
    setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long delay, long period, TimeUnit unit) {
    return super.scheduleAtFixedRate(steady(task), delay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long delay, long pause, TimeUnit unit) {
    return super.scheduleWithFixedDelay(steady(task), delay, pause, unit);
  }

  private static Runnable steady(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        logger.atError().setCause(e).log("a periodic task failed, it goes on");
      }
    };
  }
}
