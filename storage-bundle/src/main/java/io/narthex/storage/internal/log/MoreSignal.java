package io.narthex.storage.internal.log;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Wakes those who wait for more documents. Who appends pays a look at a field while nobody waits.
 */
final class MoreSignal {
  private volatile int waiting;

  /** There may be more, or an end to the waiting. */
  void more() {
    if (waiting > 0) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Waits for a condition, which is looked at first and whenever there is more. */
  synchronized boolean await(Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    waiting++;
    try {
      while (!condition.getAsBoolean()) {
        long millis = (until - System.nanoTime() + 999_999) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        wait(millis);
      }
      return true;
    } finally {
      waiting--;
    }
  }
}
