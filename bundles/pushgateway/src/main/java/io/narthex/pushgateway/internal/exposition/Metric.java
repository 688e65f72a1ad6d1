package io.narthex.pushgateway.internal.exposition;

import io.narthex.api.model.Label;
import java.util.List;

/** A metric of a family: its labels and its value. */
public record Metric(List<Label> labels, MetricValue value) {
  /** Keeps a copy of the labels. */
  public Metric {
    labels = List.copyOf(labels);
  }
}
