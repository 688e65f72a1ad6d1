package io.narthex.scrape.internal.loop;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.scrape.internal.record.RecordMetrics;
import java.time.Duration;

/** What scraping counts; the first names and their help texts are upstream's. */
public final class ScrapeMetrics {
  private static final double[] QUANTILES = {0.01, 0.05, 0.5, 0.9, 0.99};

  final Counter exceededBodySize;
  private final RecordMetrics recording;
  private final Counter dropped;
  private final Distribution intervalLength;
  private final Gauge poolTargets;
  private final Counter poolSyncs;

  /** Registers the metrics. */
  public ScrapeMetrics(MetricRegistry registry) {
    recording = new RecordMetrics(registry);
    exceededBodySize =
        registry.counter(
            "prometheus_target_scrapes_exceeded_body_size_limit_total",
            "Total number of scrapes that hit the body size limit");
    intervalLength =
        registry.summary(
            "prometheus_target_interval_length_seconds",
            "Actual intervals between scrapes.",
            QUANTILES,
            "interval");
    poolTargets =
        registry.gauge(
            "prometheus_target_scrape_pool_targets",
            "Current number of targets in this scrape pool.",
            "scrape_job");
    poolSyncs =
        registry.counter(
            "prometheus_target_scrape_pool_sync_total",
            "Total number of syncs that were executed on a scrape pool.",
            "scrape_job");
    dropped =
        registry.counter(
            "narthex_scrapes_dropped_total",
            "Scrapes that were due but not carried out, or whose result was not stored.",
            "reason");
  }

  /** What recording counts. */
  RecordMetrics recording() {
    return recording;
  }

  void drop(DropReason reason) {
    dropped.labels(reason.text()).inc();
  }

  Distribution intervalLength(Duration interval) {
    return intervalLength.labels(GoDuration.of(interval));
  }

  /** A pool's targets were looked through. */
  public void sync(String pool) {
    poolSyncs.labels(pool).inc();
  }

  /** Says how many targets a pool has. */
  public void poolTargets(String pool, int count) {
    poolTargets.labels(pool).set(count);
  }
}
