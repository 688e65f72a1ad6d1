package io.narthex.remote.internal;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the bodies of all requests on their way may take together. */
final class BodyBudget {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long limit) {
    this.limit = limit;
  }

  /** Takes so many bytes, or none if they are not there. */
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

  long taken() {
    return taken.get();
  }
}
