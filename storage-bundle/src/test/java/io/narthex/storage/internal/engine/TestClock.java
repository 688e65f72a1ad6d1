package io.narthex.storage.internal.engine;

import io.narthex.api.time.Clock;

/** A clock that stands until it is moved. */
final class TestClock implements Clock {
  private volatile long millis = 1_700_000_000_000L;

  @Override
  public long wallMillis() {
    return millis;
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  void advance(long by) {
    millis += by;
  }
}
