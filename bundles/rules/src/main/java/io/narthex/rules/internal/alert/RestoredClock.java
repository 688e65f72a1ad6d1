package io.narthex.rules.internal.alert;

import java.time.Duration;
import java.time.Instant;

/**
 * How the clock of an alert goes on after a restart: upstream's rule. An alert that fired fires
 * again at the next evaluation; one that was pending waits for the rest of its time, the outage not
 * counted, but at least for the grace period.
 */
public final class RestoredClock {
  private RestoredClock() {}

  /**
   * Since when the alert is taken to be active.
   *
   * @param activeAt since when it was active before the restart
   * @param lastSeen when it was last active before the restart
   */
  public static Instant activeAt(
      Instant activeAt, Instant lastSeen, Instant now, Duration holdFor, Duration gracePeriod) {
    Duration remaining = holdFor.minus(Duration.between(activeAt, lastSeen));
    if (!remaining.isPositive()) {
      return activeAt;
    }
    if (remaining.compareTo(gracePeriod) < 0) {
      return now.plus(gracePeriod).minus(holdFor);
    }
    return activeAt.plus(Duration.between(lastSeen, now));
  }
}
