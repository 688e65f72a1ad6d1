package io.narthex.rules.internal.evaluate;

import io.narthex.api.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alarms of a scheduler; after its end none rings. */
public record ScheduledAlarms(ScheduledExecutorService scheduler, Clock clock) implements Alarms {
  private static final Logger logger = LoggerFactory.getLogger(ScheduledAlarms.class);

  @Override
  public Runnable at(long wallMillis, Runnable task) {
    long delay = Math.max(0, wallMillis - clock.wallMillis());
    try {
      Future<?> alarm = scheduler.schedule(() -> run(task), delay, TimeUnit.MILLISECONDS);
      return () -> alarm.cancel(false);
    } catch (RejectedExecutionException | IllegalStateException stopping) {
      return () -> {};
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      logger.error("a task of the rules failed", e);
    }
  }
}
