package io.narthex.storage.internal.lease;

import io.narthex.api.error.NarthexException;
import io.narthex.api.storage.StorageErrors;
import java.time.Duration;

/**
 * The appenders and queriers of one storage generation. Once it stops there are no new ones, and
 * those that run fail at their next step; what they use may go when the last is given back. May be
 * used from any thread.
 */
public final class Leases {
  private final Object lock = new Object();
  private int out;
  private volatile boolean stopped;

  /**
   * Fails if the generation has stopped; cheap.
   *
   * @throws NarthexException with {@link StorageErrors#STOPPED}
   */
  public void check() {
    if (stopped) {
      throw stoppedError();
    }
  }

  /** What a lease of a stopped generation fails with. */
  public static NarthexException stoppedError() {
    return new NarthexException(
        StorageErrors.STOPPED,
        "the storage has stopped; open another appender or querier once it is there again");
  }

  /**
   * Gives out a lease.
   *
   * @throws NarthexException with {@link StorageErrors#STOPPED}
   */
  public void take() {
    synchronized (lock) {
      check();
      out++;
    }
  }

  /** Takes a lease back; once for each that was given out. */
  public void giveBack() {
    synchronized (lock) {
      out--;
      lock.notifyAll();
    }
  }

  /** How many are out. */
  public int size() {
    synchronized (lock) {
      return out;
    }
  }

  /**
   * Refuses new leases, makes those that are out fail, and waits for them.
   *
   * @return whether all came back in time
   */
  public boolean stop(Duration limit) {
    stopped = true;
    long deadline = System.nanoTime() + limit.toNanos();
    synchronized (lock) {
      while (out > 0) {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
          return false;
        }
        try {
          lock.wait(millis);
        } catch (InterruptedException ignored) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }
  }
}
