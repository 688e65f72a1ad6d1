package io.narthex.scrape.internal.loop;

import io.narthex.scrape.internal.thread.Timetable;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Runs tasks on the caller's thread when the fake clock reaches their times. */
final class ManualScheduler implements Timetable {
  private static final class Task implements Timer {
    private final long time;
    private final long number;
    private final Runnable body;
    private boolean cancelled;

    private Task(long time, long number, Runnable body) {
      this.time = time;
      this.number = number;
      this.body = body;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private final FakeClock clock;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparingLong((Task task) -> task.time).thenComparing(task -> task.number));
  private long count;

  /** Whether answers seem to arrive on the thread itself. */
  boolean current = true;

  ManualScheduler(FakeClock clock) {
    this.clock = clock;
  }

  @Override
  public Timer schedule(Runnable task, long delayMillis) {
    Task planned = new Task(clock.wallMillis() + Math.max(0, delayMillis), count++, task);
    tasks.add(planned);
    return planned;
  }

  @Override
  public void execute(Runnable task) {
    schedule(task, 0);
  }

  @Override
  public boolean isCurrent() {
    return current;
  }

  /** Lets time pass, and runs what becomes due on the way, each at its time. */
  void advanceTo(long time) {
    while (!tasks.isEmpty() && tasks.peek().time <= time) {
      Task task = tasks.poll();
      clock.set(Math.max(clock.wallMillis(), task.time));
      if (!task.cancelled) {
        task.body.run();
      }
    }
    clock.set(time);
  }
}
