package io.narthex.scrape.internal.record;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.MetricRegistry;

/** What recording counts; the first names and their help texts are upstream's. */
public final class RecordMetrics {
  final Counter outOfOrder;
  final Counter duplicateTimestamp;
  final Counter outOfBounds;
  final Counter exceededSampleLimit;
  final Counter exceededLabelLimits;
  final Counter exemplarOutOfOrder;
  final Counter cacheFlushes;
  final Counter slowPathLines;
  final Counter seriesRefused;
  final Counter commitFailures;

  /** Registers the metrics. */
  public RecordMetrics(MetricRegistry registry) {
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
    exceededSampleLimit =
        registry.counter(
            "prometheus_target_scrapes_exceeded_sample_limit_total",
            "Total number of scrapes that hit the sample limit and were rejected.");
    exceededLabelLimits =
        registry.counter(
            "prometheus_target_scrape_pool_exceeded_label_limits_total",
            "Total number of times scrape pools hit the label limits, during sync or config"
                + " reload.");
    exemplarOutOfOrder =
        registry.counter(
            "prometheus_target_scrapes_exemplar_out_of_order_total",
            "Total number of exemplar rejected due to not being out of the expected order.");
    cacheFlushes =
        registry.counter(
            "prometheus_target_scrapes_cache_flush_forced_total",
            "How many times a scrape cache was flushed due to getting big while scrapes are"
                + " failing.");
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
  }
}
