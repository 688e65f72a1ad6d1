package io.narthex.alerting.internal.notify;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Pauses between attempts: they grow by half each time, from 0.5 s to 1 min, and vary by half, as
 * upstream's do.
 */
final class Backoff {
  private static final double FIRST_MILLIS = 500;
  private static final double LONGEST_MILLIS = 60_000;
  private static final double GROWTH = 1.5;

  private final DoubleSupplier random;
  private double millis = FIRST_MILLIS;

  /**
   * Begins with the shortest pause.
   *
   * @param random from 0 to below 1
   */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  Duration next() {
    Duration pause = Duration.ofMillis(Math.round(millis * (0.5 + random.getAsDouble())));
    millis = Math.min(millis * GROWTH, LONGEST_MILLIS);
    return pause;
  }
}
