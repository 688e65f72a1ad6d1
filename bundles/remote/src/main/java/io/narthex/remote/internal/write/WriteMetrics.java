package io.narthex.remote.internal.write;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.MetricRegistry;
import java.util.EnumMap;
import java.util.Map;

/** The metrics of the receiver. */
public final class WriteMetrics {
  /** Counts a series with invalid labels as 1, as upstream does for this message. */
  final Counter invalidLabels;

  final Counter stored;
  final Counter metadata;
  private final Map<SentExemplars.Fate, Counter> exemplars =
      new EnumMap<>(SentExemplars.Fate.class);
  private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
  private final Counter requests;

  /** Registers them. */
  public WriteMetrics(MetricRegistry registry) {
    invalidLabels =
        registry.counter(
            "prometheus_api_remote_write_invalid_labels_samples_total",
            "The total number of received remote write samples and histogram samples which were"
                + " rejected due to invalid labels.");
    stored =
        registry.counter(
            "narthex_remote_write_stored_samples_total",
            "Samples received by remote write that were stored, or were there already.");
    Counter byReason =
        registry.counter(
            "narthex_remote_write_refused_total",
            "Samples, histograms and series with invalid labels received by remote write that"
                + " were refused.",
            "reason");
    for (Refusal refusal : Refusal.values()) {
      refused.put(refusal, byReason.labels(refusal.label));
    }
    metadata =
        registry.counter(
            "narthex_remote_write_metadata_total",
            "Metadata of metrics received by remote write 1.0, which is not stored.");
    Counter byFate =
        registry.counter(
            "narthex_remote_write_exemplars_total",
            "Exemplars received by remote write by what became of them.",
            "outcome");
    for (SentExemplars.Fate fate : SentExemplars.Fate.values()) {
      exemplars.put(fate, byFate.labels(fate.label));
    }
    requests =
        registry.counter(
            "narthex_remote_write_requests_total",
            "Remote write requests by the status code of their answer.",
            "code");
  }

  /** Counts an answer. */
  public void answered(int code) {
    requests.labels(String.valueOf(code)).inc();
  }

  void exemplars(SentExemplars.Fate fate, int count) {
    Counter counter = exemplars.get(fate);
    if (counter != null) {
      counter.add(count);
    }
  }

  void refused(Refusal refusal, int count) {
    Counter counter = refused.get(refusal);
    if (counter != null) {
      counter.add(count);
    }
    switch (refusal) {
      case INVALID_LABELS, DUPLICATE_LABEL, TOO_MANY_LABELS -> invalidLabels.add(count);
      case OUT_OF_ORDER,
          TOO_OLD,
          DUPLICATE_TIMESTAMP,
          OUT_OF_BOUNDS,
          TOO_FAR_AHEAD,
          SERIES_LIMIT,
          HISTOGRAM -> {}
    }
  }
}
