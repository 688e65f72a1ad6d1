package io.narthex.scrape.internal.loop;

import io.narthex.api.time.Clock;

/** A clock that only moves when told. */
public final class FakeClock implements Clock {
  private volatile long millis;

  public FakeClock(long millis) {
    this.millis = millis;
  }

  public void set(long now) {
    millis = now;
  }

  @Override
  public long wallMillis() {
    return millis;
  }

  @Override
  public long monotonicNanos() {
    return millis * 1_000_000;
  }
}
