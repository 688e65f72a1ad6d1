package io.narthex.alerting.internal.loop;

import java.time.Duration;

/**
 * A thread that runs one task after the other, with its clock. May be used from any thread; once it
 * has ended, tasks are thrown away.
 */
public interface Loop {
  /** Runs the task soon, after those given before. */
  void run(Runnable task);

  /** Runs the task when the time has passed. */
  Task runAfter(Duration delay, Runnable task);

  /** A clock that only goes forward. */
  long nanoTime();

  /** A task that is yet to run. */
  interface Task {
    /** Gives it up, if it did not begin. */
    void cancel();
  }
}
