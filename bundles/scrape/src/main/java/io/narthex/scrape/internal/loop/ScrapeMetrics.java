package io.narthex.scrape.internal.loop;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import java.time.Duration;

/** What scraping counts; the first names and their help texts are upstream's. */
public final class ScrapeMetrics {
  private static final double[] QUANTILES = {0.01, 0.05, 0.5, 0.9, 0.99};

  final Counter outOfOrder;
  final Counter duplicateTimestamp;
  final Counter outOfBounds;
  final Counter exceededBodySize;
  final Counter cacheFlushes;
  final Counter slowPathLines;
  final Counter seriesRefused;
  final Counter commitFailures;
  private final Counter dropped;
  private final Distribution intervalLength;
  private final Gauge poolTargets;

  /** Registers the metrics. */
  public ScrapeMetrics(MetricRegistry registry) {
    outOfOrder =
        registry.counter(
            "prometheus_target_scrapes_sample_out_of_order_total",
            "Total number of samples rejected due to not being out of the expected order.");
    duplicateTimestamp =
        registry.counter(
            "prometheus_target_scrapes_sample_duplicate_timestamp_total",
            "Total number of samples rejected due to duplicate timestamps but different values.");
    outOfBounds =
        registry.counter(
            "prometheus_target_scrapes_sample_out_of_bounds_total",
            "Total number of samples rejected due to timestamp falling outside of the time"
                + " bounds.");
    exceededBodySize =
        registry.counter(
            "prometheus_target_scrapes_exceeded_body_size_limit_total",
            "Total number of scrapes that hit the body size limit");
    cacheFlushes =
        registry.counter(
            "prometheus_target_scrapes_cache_flush_forced_total",
            "How many times a scrape cache was flushed due to getting big while scrapes are"
                + " failing.");
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
    slowPathLines =
        registry.counter(
            "narthex_scrape_slow_path_lines_total",
            "Scraped lines whose series was not known, so that its labels had to be built.");
    seriesRefused =
        registry.counter(
            "narthex_scrape_series_refused_total",
            "Samples dropped because the storage has no room for their new series.");
    commitFailures =
        registry.counter(
            "narthex_scrape_commit_failures_total",
            "Scrapes whose samples the storage did not take.");
    dropped =
        registry.counter(
            "narthex_scrapes_dropped_total",
            "Scrapes that were due but not carried out, or whose result was not stored.",
            "reason");
  }

  void drop(DropReason reason) {
    dropped.labels(reason.text()).inc();
  }

  Distribution intervalLength(Duration interval) {
    return intervalLength.labels(GoDuration.of(interval));
  }

  /** Says how many targets a pool has. */
  public void poolTargets(String pool, int count) {
    poolTargets.labels(pool).set(count);
  }
}
