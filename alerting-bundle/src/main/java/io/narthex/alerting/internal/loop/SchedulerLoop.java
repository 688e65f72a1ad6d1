package io.narthex.alerting.internal.loop;

import io.narthex.api.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop on a scheduler of one thread. */
public record SchedulerLoop(ScheduledExecutorService scheduler, Clock clock) implements Loop {
  private static final Logger logger = LoggerFactory.getLogger(SchedulerLoop.class);

  @Override
  public void run(Runnable task) {
    try {
      scheduler.execute(logged(task));
    } catch (RejectedExecutionException e) {
      logger.atDebug().log("a task came after the end of the alerting");
    }
  }

  @Override
  public Task runAfter(Duration delay, Runnable task) {
    try {
      Future<?> future = scheduler.schedule(logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      logger.atDebug().log("a task came after the end of the alerting");
      return () -> {};
    }
  }

  @Override
  public long nanoTime() {
    return clock.monotonicNanos();
  }

  /** The scheduler would keep to itself what a task throws. */
  private static Runnable logged(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        logger.atError().setCause(e).log("a task of the alerting failed, the others go on");
      }
    };
  }
}
