package io.narthex.pushgateway.internal.intake;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory for what is read of bodies, before it is kept: bodies that are read at the same time
 * share it. May be used from any thread.
 */
public final class IntakeMemory {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  /** All bodies together may take so many bytes. */
  public IntakeMemory(long limit) {
    this.limit = limit;
  }

  /**
   * The share of one body.
   *
   * @param most what it may take, however much is free
   */
  public Share share(long most) {
    return new Share(most);
  }

  /** How many bytes are taken now. */
  public long taken() {
    return taken.get();
  }

  /** What one body takes, until it is closed. For one thread. */
  public final class Share implements AutoCloseable {
    /** Taken at once, so that not each metric is a turn at the shared number. */
    private static final int STEP = 64 * 1024;

    private final long most;
    private long used;
    private long reserved;

    private Share(long most) {
      this.most = most;
    }

    /** Accounts for something that is about to be made. */
    void add(int bytes) throws PushTooLargeException {
      used += bytes;
      if (used > most) {
        throw new PushTooLargeException(used, false);
      }
      if (used > reserved) {
        reserve(Math.max(bytes, STEP));
      }
    }

    private void reserve(int bytes) throws PushTooLargeException {
      long all = taken.addAndGet(bytes);
      reserved += bytes;
      // A body that is read alone has its own limit only.
      if (all > limit && all > reserved) {
        throw new PushTooLargeException(used, true);
      }
    }

    @Override
    public void close() {
      taken.addAndGet(-reserved);
      reserved = 0;
    }
  }
}
