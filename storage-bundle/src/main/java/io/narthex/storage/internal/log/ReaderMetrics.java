package io.narthex.storage.internal.log;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;

/** Shows how the named readers are. */
final class ReaderMetrics implements ReaderEvents {
  private static final String[] LABELS = {"log", "reader"};

  private final Gauge held;
  private final Counter cuts;

  ReaderMetrics(MetricRegistry metrics) {
    held =
        metrics.gauge(
            "narthex_log_reader_held_bytes",
            "What the log keeps for a reader alone: it goes when the reader has passed it or is"
                + " behind by more than its budget.",
            LABELS);
    cuts =
        metrics.counter(
            "narthex_log_reader_cut_loose_total",
            "Times that a reader lost documents since it was behind by more than its budget.",
            LABELS);
  }

  @Override
  public void held(String log, String reader, long bytes) {
    held.labels(log, reader).set(bytes);
  }

  @Override
  public void cutLoose(String log, String reader) {
    cuts.labels(log, reader).inc();
  }

  @Override
  public void removed(String log, String reader) {
    held.remove(log, reader);
    cuts.remove(log, reader);
  }
}
