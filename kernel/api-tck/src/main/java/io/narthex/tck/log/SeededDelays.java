package io.narthex.tck.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is given to it later, on a thread of its own: in order within a partition, in any order
 * across them. Guarded by its monitor.
 */
final class SeededDelays implements Delays {
  private final List<Queue<Runnable>> waiting = new ArrayList<>();
  private final Random random;
  private final long longestNanos;
  private boolean running;
  private boolean closing;
  private boolean started;

  SeededDelays(int partitions, Random random, Duration longest) {
    this.random = random;
    longestNanos = longest.toNanos();
    for (int i = 0; i < partitions; i++) {
      waiting.add(new ArrayDeque<>());
    }
  }

  @Override
  public synchronized void run(int partition, Runnable task) {
    if (!started) {
      started = true;
      Thread.ofPlatform().daemon().name("delayed-log").start(this::work);
    }
    waiting.get(partition).add(task);
    notifyAll();
  }

  private void work() {
    while (true) {
      Runnable task = next();
      if (task == null) {
        return;
      }
      try {
        task.run();
      } finally {
        done();
      }
    }
  }

  private synchronized void done() {
    running = false;
    notifyAll();
  }

  /** Waits for the delay that is drawn; then for which partition is drawn. */
  private synchronized @Nullable Runnable next() {
    try {
      while (isEmpty()) {
        if (closing) {
          return null;
        }
        wait();
      }
      long until = System.nanoTime() + (long) (random.nextDouble() * longestNanos);
      for (long left = until - System.nanoTime(); left > 0 && !closing; ) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
        left = until - System.nanoTime();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
    List<Queue<Runnable>> ready = waiting.stream().filter(queue -> !queue.isEmpty()).toList();
    running = true;
    return ready.get(random.nextInt(ready.size())).remove();
  }

  private boolean isEmpty() {
    return waiting.stream().allMatch(Queue::isEmpty);
  }

  @Override
  public synchronized void awaitAll() {
    boolean interrupted = false;
    while (running || !isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closing = true;
    notifyAll();
    awaitAll();
  }
}
