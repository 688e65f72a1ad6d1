package io.narthex.storage.internal.lease;

import io.narthex.api.error.NarthexException;
import io.narthex.api.storage.StorageErrors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The appenders and queriers of one storage generation. Once it stops there are no new ones, and
 * those that run fail at their next step; what they use may go when the last is given back. May be
 * used from any thread.
 */
public final class Leases {
  private final Object lock = new Object();
  private int out;
  private volatile boolean stopped;
  private @Nullable Runnable whenAllBack;

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
    Runnable free;
    synchronized (lock) {
      out--;
      lock.notifyAll();
      free = out == 0 ? whenAllBack : null;
      if (free != null) {
        whenAllBack = null;
      }
    }
    if (free != null) {
      free.run();
    }
  }

  /** Runs it once, when no lease is out: at once or later. Only after {@link #stop}. */
  public void whenAllBack(Runnable free) {
    synchronized (lock) {
      if (out > 0) {
        whenAllBack = free;
        return;
      }
    }
    free.run();
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
