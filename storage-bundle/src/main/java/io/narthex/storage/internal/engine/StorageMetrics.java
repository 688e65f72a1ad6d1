package io.narthex.storage.internal.engine;

import io.narthex.api.metrics.MetricRegistry;
import io.narthex.storage.internal.append.IngestCounters;
import io.narthex.storage.internal.head.Head;

/** Registers the storage's metrics: under upstream's names where they mean the same. */
final class StorageMetrics {
  private StorageMetrics() {}

  static IngestCounters register(MetricRegistry metrics, Head head, long headLimit) {
    IngestCounters counters =
        new IngestCounters(
            metrics
                .counter(
                    "prometheus_tsdb_head_samples_appended_total",
                    "Total number of appended samples.",
                    "type")
                .labels("float"));
    head(metrics, head, headLimit);
    ingest(metrics, counters);
    return counters;
  }

  private static void head(MetricRegistry metrics, Head head, long headLimit) {
    metrics.gauge(
        "prometheus_tsdb_head_series",
        "Total number of series in the head block.",
        () -> head.stats().series());
    metrics.gauge(
        "prometheus_tsdb_head_chunks",
        "Total number of chunks in the head block.",
        () -> head.stats().chunks());
    metrics.gauge(
        "prometheus_tsdb_head_min_time",
        "Minimum time bound of the head block. The unit is decided by the library consumer.",
        () -> head.stats().minTime());
    metrics.gauge(
        "prometheus_tsdb_head_max_time",
        "Maximum timestamp of the head block. The unit is decided by the library consumer.",
        () -> head.stats().maxTime());
    metrics.gauge(
        "narthex_head_bytes",
        "About how much memory the head takes, by count of its parts.",
        () -> head.stats().bytes());
    metrics.gauge(
        "narthex_head_limit_bytes",
        "Above this size the head takes no new series.",
        () -> headLimit);
  }

  private static void ingest(MetricRegistry metrics, IngestCounters counters) {
    metrics.counter(
        "prometheus_tsdb_head_series_created_total",
        "Total number of series created in the head",
        counters::seriesCreated);
    metrics.counter(
        "prometheus_tsdb_out_of_order_samples_total",
        "Total number of out of order samples ingestion failed attempts due to out of order being"
            + " disabled.",
        counters::outOfOrder);
    metrics.counter(
        "prometheus_tsdb_out_of_bound_samples_total",
        "Total number of out of bound samples ingestion failed attempts with out of order support"
            + " disabled.",
        counters::outOfBounds);
    metrics.counter(
        "narthex_head_duplicate_samples_total",
        "Samples refused because their series has another value at the same time.",
        counters::duplicates);
    metrics.counter(
        "narthex_log_bytes_total", "Bytes of documents appended to the log.", counters::logBytes);
    metrics.counter("narthex_log_samples_total", "Samples appended to the log.", counters::samples);
    metrics.counter(
        "narthex_log_failures_total",
        "Commits that failed because the log did not take them.",
        counters::logFailures);
  }
}
