package io.narthex.scrape.internal.plain;

import io.narthex.api.time.Clock;

/** The time as it is. */
final class SystemClock implements Clock {
  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }
}
