package io.narthex.alerting.internal.dispatch;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;

/** Metrics about groups, named as upstream's. */
public final class DispatchMetrics {
  private final Gauge groups;
  private final Distribution processing;
  private final Counter limitReached;

  /** Registers them. */
  public DispatchMetrics(MetricRegistry metrics) {
    groups =
        metrics.gauge(
            "alertmanager_dispatcher_aggregation_groups", "Number of active aggregation groups");
    processing =
        metrics.summary(
            "alertmanager_dispatcher_alert_processing_duration_seconds",
            "Summary of latencies for the processing of alerts.",
            new double[0]);
    limitReached =
        metrics.counter(
            "alertmanager_dispatcher_aggregation_group_limit_reached_total",
            "Number of times when dispatcher failed to create new aggregation group due to limit.");
  }

  void sorted(int alerts, double seconds, int groupsNow) {
    for (int i = 0; i < alerts; i++) {
      processing.observe(seconds / alerts);
    }
    groups(groupsNow);
  }

  void groups(int now) {
    groups.set(now);
  }

  void limitReached() {
    limitReached.inc();
  }
}
