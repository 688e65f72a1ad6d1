package io.narthex.storage.internal.engine;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.storage.internal.append.HeadRoom;
import io.narthex.storage.internal.append.IngestCounters;
import io.narthex.storage.internal.checkpoint.Checkpoints;
import io.narthex.storage.internal.disk.DiskRoom;
import io.narthex.storage.internal.exemplar.ExemplarRing;
import io.narthex.storage.internal.head.Head;
import java.util.Map;

/** Registers the storage's metrics: under upstream's names where they mean the same. */
final class StorageMetrics {
  private StorageMetrics() {}

  static IngestCounters register(
      MetricRegistry metrics,
      Head head,
      HeadRoom room,
      DiskRoom disk,
      ExemplarRing exemplars,
      Checkpoints checkpoints) {
    IngestCounters counters = ingestCounters(metrics);
    head(metrics, head);
    room(metrics, room);
    disk(metrics, disk);
    exemplars(metrics, exemplars);
    checkpoints(metrics, checkpoints);
    ingest(metrics, counters);
    return counters;
  }

  private static IngestCounters ingestCounters(MetricRegistry metrics) {
    return new IngestCounters(
        byType(
            metrics,
            "prometheus_tsdb_head_samples_appended_total",
            "Total number of appended samples."),
        byType(
            metrics,
            "prometheus_tsdb_head_out_of_order_samples_appended_total",
            "Total number of appended out of order samples."),
        Map.of(
            AppendOutcome.OUT_OF_ORDER,
            byType(
                metrics,
                "prometheus_tsdb_out_of_order_samples_total",
                "Total number of out of order samples ingestion failed attempts due to out of order"
                    + " being disabled."),
            AppendOutcome.TOO_OLD,
            byType(
                metrics,
                "prometheus_tsdb_too_old_samples_total",
                "Total number of out of order samples ingestion failed attempts with out of support"
                    + " enabled, but sample outside of time window."),
            AppendOutcome.OUT_OF_BOUNDS,
            byType(
                metrics,
                "prometheus_tsdb_out_of_bound_samples_total",
                "Total number of out of bound samples ingestion failed attempts with out of order"
                    + " support disabled.")));
  }

  private static Counter byType(MetricRegistry metrics, String name, String help) {
    return metrics.counter(name, help, "type");
  }

  private static void head(MetricRegistry metrics, Head head) {
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
    metrics.gauge("narthex_head_panels", "Panels in the head.", () -> head.panels().size());
    metrics.counter(
        "narthex_head_column_fallbacks_total",
        "Columns that were kept as raw bits since their encoding did not decode to what they were: a"
            + " defect if there is any.",
        () -> head.panels().columnFallbacks());
    metrics.gauge(
        "narthex_head_series_bytes",
        "About how much memory the series in the head take, their samples left out.",
        () -> head.stats().seriesBytes());
  }

  /** What is to be run now and then, so that the memory outside of the heap is shown by kind. */
  static OffHeapGauge offHeap(MetricRegistry metrics) {
    return new OffHeapGauge(
        metrics.gauge(
            "narthex_head_bytes",
            "Memory outside of the Java heap that is allocated for the head; its kinds add up.",
            "kind"));
  }

  private static void room(MetricRegistry metrics, HeadRoom room) {
    metrics.gauge(
        "narthex_head_counted_bytes",
        "About how much memory the head and what appenders know of it take, by count of parts.",
        room::bytes);
    metrics.gauge(
        "narthex_head_limit_bytes",
        "At this size the head drops its oldest samples; series may take half of it.",
        room::limit);
    metrics.counter(
        "narthex_head_refused_series_total",
        "Times that a new series was refused since series take as much memory as they may.",
        room::refusedSeries);
    metrics.counter(
        "narthex_head_dropped_chunks_total",
        "Chunks dropped before the retention time, since the head was at its limit.",
        room::droppedChunks);
  }

  private static void disk(MetricRegistry metrics, DiskRoom disk) {
    metrics.gauge(
        "narthex_storage_ingestion_stopped",
        "1 while no samples are taken for want of room on the disk, else 0.",
        () -> disk.trouble().isEmpty() ? 0 : 1);
    metrics.gauge(
        "narthex_storage_disk_usable_bytes",
        "How much could be written where the data directory is.",
        disk::usable);
    metrics.gauge(
        "narthex_storage_disk_floor_bytes",
        "With less room on the disk no samples are taken, until there is twice as much.",
        disk::floor);
    metrics.counter(
        "narthex_storage_refused_commits_total",
        "Commits refused for want of room on the disk.",
        disk::refused);
  }

  private static void exemplars(MetricRegistry metrics, ExemplarRing exemplars) {
    metrics.counter(
        "prometheus_tsdb_exemplar_exemplars_appended_total",
        "Total number of appended exemplars.",
        () -> exemplars.stats().appended());
    metrics.counter(
        "prometheus_tsdb_exemplar_out_of_order_exemplars_total",
        "Total number of out of order exemplar ingestion failed attempts.",
        () -> exemplars.stats().outOfOrder());
    metrics.gauge(
        "prometheus_tsdb_exemplar_exemplars_in_storage",
        "Number of exemplars currently in circular storage.",
        () -> exemplars.stats().size());
    metrics.gauge(
        "prometheus_tsdb_exemplar_series_with_exemplars_in_storage",
        "Number of series with exemplars currently in circular storage.",
        () -> exemplars.stats().series());
    metrics.gauge(
        "prometheus_tsdb_exemplar_max_exemplars",
        "Total number of exemplars the exemplar storage can store, resizeable.",
        () -> exemplars.stats().capacity());
    metrics.gauge(
        "prometheus_tsdb_exemplar_last_exemplars_timestamp_seconds",
        "The timestamp of the oldest exemplar stored in circular storage. Useful to check for what"
            + " time range the current exemplar buffer limit allows. This usually means the last"
            + " timestamp for all exemplars for a typical setup. This is not true though if one of"
            + " the series timestamp is in future compared to rest series.",
        () -> exemplars.stats().oldestMillis() / 1000.0);
  }

  private static void checkpoints(MetricRegistry metrics, Checkpoints checkpoints) {
    metrics.counter(
        "prometheus_tsdb_checkpoint_creations_total",
        "Total number of checkpoint creations attempted.",
        () -> checkpoints.made() + checkpoints.failed());
    metrics.counter(
        "prometheus_tsdb_checkpoint_creations_failed_total",
        "Total number of checkpoint creations that failed.",
        checkpoints::failed);
    metrics.counter(
        "prometheus_tsdb_checkpoint_deletions_total",
        "Total number of checkpoint deletions attempted.",
        checkpoints::deleted);
    metrics.counter(
        "prometheus_tsdb_checkpoint_deletions_failed_total",
        "Total number of checkpoint deletions that failed.",
        checkpoints::deletesFailed);
    metrics.gauge(
        "narthex_checkpoint_bytes", "Bytes of the newest checkpoint.", checkpoints::lastBytes);
    metrics.gauge(
        "narthex_checkpoint_duration_seconds",
        "How long it took to make the newest checkpoint.",
        () -> checkpoints.lastNanos() / 1e9);
  }

  private static void ingest(MetricRegistry metrics, IngestCounters counters) {
    metrics.counter(
        "prometheus_tsdb_head_series_created_total",
        "Total number of series created in the head",
        counters::seriesCreated);
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
