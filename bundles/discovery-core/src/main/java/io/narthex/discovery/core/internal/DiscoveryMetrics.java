package io.narthex.discovery.core.internal;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;

/** The metrics, under upstream's names. */
final class DiscoveryMetrics {
  /** Upstream has two discovery managers, named {@code scrape} and {@code notify}. */
  private static final String NAME = "scrape";

  final Counter receivedUpdates;
  final Counter delayedUpdates;
  final Counter sentUpdates;
  final Gauge failedConfigs;
  final Counter exceededTargetLimit;
  private final Gauge discoveredTargets;
  private final Gauge lastUpdate;
  private final Counter refreshFailures;
  private final Gauge targetLimit;
  private final Counter failedTargets;
  private final Distribution syncLength;

  DiscoveryMetrics(MetricRegistry registry) {
    receivedUpdates =
        registry
            .counter(
                "prometheus_sd_received_updates_total",
                "Total number of update events received from the SD providers.",
                "name")
            .labels(NAME);
    delayedUpdates =
        registry
            .counter(
                "prometheus_sd_updates_delayed_total",
                "Total number of update events that couldn't be sent immediately.",
                "name")
            .labels(NAME);
    sentUpdates =
        registry
            .counter(
                "prometheus_sd_updates_total",
                "Total number of update events sent to the SD consumers.",
                "name")
            .labels(NAME);
    failedConfigs =
        registry
            .gauge(
                "prometheus_sd_failed_configs",
                "Current number of service discovery configurations that failed to load.",
                "name")
            .labels(NAME);
    discoveredTargets =
        registry.gauge(
            "prometheus_sd_discovered_targets",
            "Current number of discovered targets.",
            "name",
            "config");
    lastUpdate =
        registry.gauge(
            "prometheus_sd_last_update_timestamp_seconds",
            "Timestamp of the last update sent to the SD consumers.",
            "name",
            "config");
    refreshFailures =
        registry.counter(
            "prometheus_sd_refresh_failures_total",
            "Number of refresh failures for the given SD mechanism.",
            "mechanism",
            "config");
    targetLimit =
        registry.gauge(
            "prometheus_target_scrape_pool_target_limit",
            "Maximum number of targets allowed in this scrape pool.",
            "scrape_job");
    exceededTargetLimit =
        registry.counter(
            "prometheus_target_scrape_pool_exceeded_target_limit_total",
            "Total number of times scrape pools hit the target limit, during sync or config reload.");
    failedTargets =
        registry.counter(
            "prometheus_target_sync_failed_total",
            "Total number of target sync failures.",
            "scrape_job");
    syncLength =
        registry.summary(
            "prometheus_target_sync_length_seconds",
            "Actual interval to sync the scrape pool.",
            new double[] {0.01, 0.05, 0.5, 0.9, 0.99},
            "scrape_job");
  }

  void jobIsKnown(String job, long limit) {
    targetLimit.labels(job).set(limit);
    failedTargets.labels(job).add(0);
  }

  void jobIsGone(String job) {
    targetLimit.labels(job).set(0);
    discoveredTargets.labels(NAME, job).set(0);
  }

  void refreshFailed(String mechanism, String job, int times) {
    refreshFailures.labels(mechanism, job).add(times);
  }

  /** The targets of a job were made anew. */
  void synced(String job, int found, int failed, double seconds, double nowSeconds) {
    discoveredTargets.labels(NAME, job).set(found);
    lastUpdate.labels(NAME, job).set(nowSeconds);
    failedTargets.labels(job).add(failed);
    syncLength.labels(job).observe(seconds);
  }
}
