package io.narthex.scrape.internal.thread;

/** Runs tasks later, one at a time, on one thread. May be used from any thread. */
public interface Timetable {
  /** Plans a task; a delay below 0 counts as 0. */
  Timer schedule(Runnable task, long delayMillis);

  /** Runs a task soon, but never within this call. */
  void execute(Runnable task);

  /** Whether the caller is that thread. */
  boolean isCurrent();

  /** A task that was planned. */
  interface Timer {
    /** Makes sure that it does not begin any more; too late for one that has. */
    void cancel();
  }
}
