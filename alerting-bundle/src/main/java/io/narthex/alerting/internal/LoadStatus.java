package io.narthex.alerting.internal;

import io.narthex.api.config.LoadAttempt;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.notification.Notifications;
import io.narthex.api.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells how the last attempt to load went: by metrics, and by a notification. */
final class LoadStatus {
  /** Names the trouble among notifications. */
  static final String NOTIFICATION = "alerting/reload-failed";

  private final Clock clock;
  private final Gauge successful;
  private final Gauge time;

  // Guarded by this.
  private Optional<Notifications> notifications = Optional.empty();
  private List<String> lastProblems = List.of();

  LoadStatus(Clock clock, MetricRegistry metrics) {
    this.clock = clock;
    this.successful =
        metrics.gauge(
            "alertmanager_config_last_reload_successful",
            "Whether the last configuration reload attempt was successful.");
    this.time =
        metrics.gauge(
            "alertmanager_config_last_reload_success_timestamp_seconds",
            "Timestamp of the last successful configuration reload.");
  }

  /**
   * Notes an attempt.
   *
   * @param problems why it failed; empty: it did not
   */
  synchronized LoadAttempt note(List<String> problems) {
    LoadAttempt attempt = new LoadAttempt(Instant.ofEpochMilli(clock.wallMillis()), problems);
    successful.set(attempt.isSuccessful() ? 1 : 0);
    if (attempt.isSuccessful()) {
      time.set(attempt.time().toEpochMilli() / 1000.0);
    }
    lastProblems = attempt.problems();
    tell();
    return attempt;
  }

  synchronized void add(Notifications added) {
    notifications = Optional.of(added);
    tell();
  }

  synchronized void remove(Notifications removed) {
    notifications = notifications.filter(n -> n != removed);
  }

  private void tell() {
    if (lastProblems.isEmpty()) {
      notifications.ifPresent(n -> n.withdraw(NOTIFICATION));
    } else {
      String text =
          "The configuration of the Alertmanager could not be loaded: " + lastProblems.getFirst();
      notifications.ifPresent(n -> n.show(NOTIFICATION, text));
    }
  }
}
