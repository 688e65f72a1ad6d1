package io.narthex.rules.internal.evaluate;

import java.time.Duration;
import java.time.Instant;

/**
 * One evaluation of a group.
 *
 * @param time the time it is due, by which alerts are clocked
 * @param offset how much earlier the data are looked at
 * @param limit how many series or alerts a rule may give; 0 or below: any number
 */
record Iteration(Instant time, Duration offset, long limit, Means means) {
  /** The time of its queries and of what it stores, in ms since 1970. */
  long sampleTime() {
    return time.minus(offset).toEpochMilli();
  }
}
