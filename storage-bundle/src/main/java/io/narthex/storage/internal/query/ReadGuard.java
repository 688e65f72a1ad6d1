package io.narthex.storage.internal.query;

import io.narthex.storage.internal.lease.Leases;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a querier be closed by another thread than the one that reads: what it holds is released by
 * whoever is the last, so that no memory goes while it is read.
 */
final class ReadGuard {
  private static final int CLOSED = 1 << 30;

  private final AtomicInteger state = new AtomicInteger();
  private final Leases leases;
  private final Runnable release;

  /**
   * A guard that is open.
   *
   * @param release runs once, when it is closed and nobody reads
   */
  ReadGuard(Leases leases, Runnable release) {
    this.leases = leases;
    this.release = release;
  }

  /** Fails if reading has to end. */
  void check() {
    if ((state.get() & CLOSED) != 0) {
      throw Leases.stoppedError();
    }
    leases.check();
  }

  /** Begins to read memory; fails if reading has to end. */
  void enter() {
    leases.check();
    int before;
    do {
      before = state.get();
      if ((before & CLOSED) != 0) {
        throw Leases.stoppedError();
      }
    } while (!state.compareAndSet(before, before + 1));
  }

  /** Ends reading. */
  void exit() {
    if (state.decrementAndGet() == CLOSED) {
      release.run();
    }
  }

  /** Makes reads fail soon. Closing twice does nothing. */
  void close() {
    int before;
    do {
      before = state.get();
      if ((before & CLOSED) != 0) {
        return;
      }
    } while (!state.compareAndSet(before, before | CLOSED));
    if (before == 0) {
      release.run();
    }
  }
}
