package io.narthex.alerting.internal.notify;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.spi.notify.FailureReason;

/** Metrics about notifications, named as upstream's. */
public final class NotifyMetrics {
  private static final String INTEGRATION = "integration";
  private static final String RECEIVER = "receiver_name";
  private static final double[] LATENCIES = {1, 5, 10, 15, 20};

  private final Counter notifications;
  private final Counter failed;
  private final Counter requests;
  private final Counter requestsFailed;
  private final Counter suppressed;
  private final Distribution latency;

  /** Registers them. */
  public NotifyMetrics(MetricRegistry metrics) {
    notifications =
        metrics.counter(
            "alertmanager_notifications_total",
            "The total number of attempted notifications.",
            INTEGRATION,
            RECEIVER);
    failed =
        metrics.counter(
            "alertmanager_notifications_failed_total",
            "The total number of failed notifications.",
            INTEGRATION,
            RECEIVER,
            "reason");
    requests =
        metrics.counter(
            "alertmanager_notification_requests_total",
            "The total number of attempted notification requests.",
            INTEGRATION,
            RECEIVER);
    requestsFailed =
        metrics.counter(
            "alertmanager_notification_requests_failed_total",
            "The total number of failed notification requests.",
            INTEGRATION,
            RECEIVER);
    suppressed =
        metrics.counter(
            "alertmanager_notifications_suppressed_total",
            "The total number of notifications suppressed for being silenced, inhibited, outside of"
                + " active time intervals or within muted time intervals.",
            "reason");
    latency =
        metrics.histogram(
            "alertmanager_notification_latency_seconds",
            "The latency of notifications in seconds.",
            LATENCIES,
            INTEGRATION,
            RECEIVER);
  }

  /** Alerts were not told about. */
  public void suppressed(String reason, int alerts) {
    suppressed.labels(reason).add(alerts);
  }

  /** The metrics of an integration, all of them there from now on. */
  OfIntegration of(IntegrationKey key) {
    OfIntegration metrics = new OfIntegration(key);
    for (FailureReason reason : FailureReason.values()) {
      metrics.failed(reason, 0);
    }
    return metrics;
  }

  /** The metrics of an integration. */
  final class OfIntegration {
    private final IntegrationKey key;
    private final Counter notifications;
    private final Counter requests;
    private final Counter requestsFailed;
    private final Distribution latency;

    private OfIntegration(IntegrationKey key) {
      this.key = key;
      notifications = NotifyMetrics.this.notifications.labels(key.kind(), key.receiver());
      requests = NotifyMetrics.this.requests.labels(key.kind(), key.receiver());
      requestsFailed = NotifyMetrics.this.requestsFailed.labels(key.kind(), key.receiver());
      latency = NotifyMetrics.this.latency.labels(key.kind(), key.receiver());
    }

    void begun() {
      notifications.inc();
    }

    void requested(double seconds, boolean success) {
      requests.inc();
      latency.observe(seconds);
      if (!success) {
        requestsFailed.inc();
      }
    }

    void failed(FailureReason reason, int times) {
      failed.labels(key.kind(), key.receiver(), reason.label()).add(times);
    }
  }
}
