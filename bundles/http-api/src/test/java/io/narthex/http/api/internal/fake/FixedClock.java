package io.narthex.http.api.internal.fake;

import io.narthex.api.time.Clock;

/** A clock whose wall stands still. */
public record FixedClock(long wallMillis) implements Clock {
  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }
}
