package io.narthex.alerting.internal.notify;

import java.time.Duration;
import java.util.Optional;

/** Why an integration is told about a group now, or that it is not; upstream's reasons. */
public enum Reason {
  /** There is nothing new. */
  NONE("none"),
  /** Nothing was told about the group, or only that all is over. */
  FIRST("first notification"),
  /** There are more alerts. */
  NEW_ALERTS("new alerts added"),
  /** Some are over. */
  SOME_RESOLVED("some alerts resolved"),
  /** All are over. */
  ALL_RESOLVED("all alerts resolved"),
  /** It was told long enough ago. */
  REPEATED("repeat interval elapsed");

  /**
   * A clock that is set back a little meanwhile must not make a repetition come one group_interval
   * late.
   */
  private static final long EARLY_MILLIS = 100;

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** The {@code notification_reason}. */
  public String text() {
    return text;
  }

  /**
   * What follows from what was told last.
   *
   * @param sendResolved whether the integration is told of resolved alerts
   * @param now in ms since 1970
   */
  static Reason of(
      Optional<LogEntry> last,
      Told firing,
      Told resolved,
      boolean sendResolved,
      Duration repeatInterval,
      long now) {
    if (last.isEmpty()) {
      return firing.isEmpty() ? NONE : FIRST;
    }
    LogEntry entry = last.get();
    if (!entry.firing().containsAll(firing)) {
      return entry.firing().isEmpty() ? FIRST : NEW_ALERTS;
    }
    if (firing.isEmpty()) {
      // Whatever send_resolved says, so that the log forgets what fired.
      return entry.firing().isEmpty() ? NONE : ALL_RESOLVED;
    }
    if (sendResolved && !entry.resolved().containsAll(resolved)) {
      return SOME_RESOLVED;
    }
    return entry.time() <= now + EARLY_MILLIS - repeatInterval.toMillis() ? REPEATED : NONE;
  }
}
