package io.narthex.pushgateway.internal.exposition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of one name.
 *
 * @param help what it says about itself, null if nothing was said
 */
public record MetricFamily(
    String name, @Nullable String help, MetricType type, List<Metric> metrics) {
  /** Keeps a copy of the metrics. */
  public MetricFamily {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a metric family must have a name");
    }
    metrics = List.copyOf(metrics);
  }

  /** The same family with other metrics. */
  public MetricFamily withMetrics(List<Metric> others) {
    return new MetricFamily(name, help, type, others);
  }
}
