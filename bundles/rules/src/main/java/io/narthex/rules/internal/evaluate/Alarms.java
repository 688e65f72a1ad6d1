package io.narthex.rules.internal.evaluate;

/** Calls back at times of the wall clock. */
public interface Alarms {
  /**
   * Calls the task once, not before the time, on a thread that it must not hold up.
   *
   * @param wallMillis in ms since 1970; one that has passed is now
   * @return what takes the alarm back, if it has not rung
   */
  Runnable at(long wallMillis, Runnable task);
}
