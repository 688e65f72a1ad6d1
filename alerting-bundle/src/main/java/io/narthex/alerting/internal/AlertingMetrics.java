package io.narthex.alerting.internal;

import io.narthex.alerting.internal.alert.AlertStatus;
import io.narthex.alerting.internal.alert.AlertStore;
import io.narthex.alerting.internal.alert.StoredAlert;
import io.narthex.alerting.internal.notify.NotificationLog;
import io.narthex.alerting.internal.silence.SilenceState;
import io.narthex.alerting.internal.silence.Silences;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** Metrics of what there is, named as upstream's. */
final class AlertingMetrics {
  private final AlertStore store;
  private final Silences silences;
  private final Gauge alertsByState;
  private final Gauge silencesByState;

  AlertingMetrics(
      AlertStore store,
      Silences silences,
      NotificationLog log,
      AlertingLimits limits,
      MetricRegistry metrics) {
    this.store = store;
    this.silences = silences;
    this.alertsByState = metrics.gauge("alertmanager_alerts", "How many alerts by state.", "state");
    this.silencesByState =
        metrics.gauge("alertmanager_silences", "How many silences by state.", "state");
    metrics.gauge("narthex_alerting_alerts_limit", "How many alerts are taken.", limits::alerts);
    metrics.gauge(
        "narthex_alerting_notification_log_entries",
        "How many entries the notification log has.",
        log::size);
  }

  /** Counts anew. */
  void refresh(Function<StoredAlert, AlertStatus.State> state, long now) {
    Map<AlertStatus.State, Integer> alerts = new EnumMap<>(AlertStatus.State.class);
    for (StoredAlert alert : store.snapshot()) {
      if (!alert.isResolvedAt(now)) {
        alerts.merge(state.apply(alert), 1, Integer::sum);
      }
    }
    for (AlertStatus.State each : AlertStatus.State.values()) {
      alertsByState.labels(each.text()).set(alerts.getOrDefault(each, 0));
    }
    for (SilenceState each : SilenceState.values()) {
      silencesByState.labels(each.text()).set(silences.count(each));
    }
  }
}
