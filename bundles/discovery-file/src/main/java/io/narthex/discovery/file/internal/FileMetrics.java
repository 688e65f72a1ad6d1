package io.narthex.discovery.file.internal;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Upstream's metrics of all file discoveries together. May be used from any thread. */
final class FileMetrics {
  private static final double[] QUANTILES = {0.5, 0.9, 0.99};

  private final Counter readErrors;
  private final Counter watcherErrors;
  private final Distribution scans;
  private final Gauge modified;
  private final Map<String, Set<Object>> readers = new HashMap<>();

  FileMetrics(MetricRegistry registry) {
    readErrors =
        registry.counter(
            "prometheus_sd_file_read_errors_total", "The number of File-SD read errors.");
    watcherErrors =
        registry.counter(
            "prometheus_sd_file_watcher_errors_total",
            "The number of File-SD errors caused by filesystem watch failures.");
    scans =
        registry.summary(
            "prometheus_sd_file_scan_duration_seconds",
            "The duration of the File-SD scan in seconds.",
            QUANTILES);
    modified =
        registry.gauge(
            "prometheus_sd_file_mtime_seconds",
            "Timestamp (mtime) of files read by FileSD. Timestamp is set at read time.",
            "filename");
  }

  void scanned(long nanos) {
    scans.observe(nanos / 1e9);
  }

  void readFailed() {
    readErrors.inc();
  }

  void watchFailed() {
    watcherErrors.inc();
  }

  /** A reader read a file. */
  synchronized void read(Object reader, String file, long modifiedMillis) {
    readers.computeIfAbsent(file, f -> new HashSet<>()).add(reader);
    modified.labels(file).set(Math.floorDiv(modifiedMillis, 1000L));
  }

  /** A reader has no such file any more. */
  synchronized void forget(Object reader, String file) {
    Set<Object> of = readers.get(file);
    if (of != null && of.remove(reader) && of.isEmpty()) {
      readers.remove(file);
      // A gauge cannot lose label values yet; what is no number makes no comparison true.
      modified.labels(file).set(Double.NaN);
    }
  }

  /** A reader is closed. */
  synchronized void forget(Object reader) {
    Set.copyOf(readers.keySet()).forEach(file -> forget(reader, file));
  }
}
