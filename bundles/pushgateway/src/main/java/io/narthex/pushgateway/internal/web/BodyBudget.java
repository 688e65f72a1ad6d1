package io.narthex.pushgateway.internal.web;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes all bodies on their way may take together. */
public final class BodyBudget {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  /** Nothing is taken yet. */
  public BodyBudget(long limit) {
    this.limit = limit;
  }

  boolean take(int bytes) {
    if (taken.addAndGet(bytes) <= limit) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(int bytes) {
    taken.addAndGet(-bytes);
  }

  /** How many bytes are taken now. */
  public long taken() {
    return taken.get();
  }
}
