package io.narthex.pushgateway.internal.intake;

import io.narthex.api.model.Label;
import io.narthex.pushgateway.internal.exposition.Count;
import io.narthex.pushgateway.internal.exposition.Metric;
import io.narthex.pushgateway.internal.exposition.MetricType;
import io.narthex.pushgateway.internal.exposition.MetricValue;
import java.util.ArrayList;
import java.util.List;

/** A metric whose lines or fields are still being read. */
final class MetricDraft {
  private final List<Label> labels;

  // Most metrics have none, and there may be many metrics: lists are made with the first entry.
  private List<MetricValue.Quantile> quantiles = List.of();
  private List<MetricValue.Bucket> buckets = List.of();
  private double value;
  private double sum;
  private Count count = Count.ZERO;

  MetricDraft(List<Label> labels) {
    this.labels = labels;
  }

  void value(double number) {
    value = number;
  }

  void sum(double number) {
    sum = number;
  }

  void count(Count number) {
    count = number;
  }

  void quantile(double quantile, double number) {
    if (quantiles.isEmpty()) {
      quantiles = new ArrayList<>();
    }
    quantiles.add(new MetricValue.Quantile(quantile, number));
  }

  void bucket(double upperBound, Count number) {
    if (buckets.isEmpty()) {
      buckets = new ArrayList<>();
    }
    buckets.add(new MetricValue.Bucket(upperBound, number));
  }

  Metric build(MetricType type) {
    return new Metric(labels, valueOf(type));
  }

  private MetricValue valueOf(MetricType type) {
    return switch (type) {
      case COUNTER -> new MetricValue.Counter(value);
      case GAUGE -> new MetricValue.Gauge(value);
      case UNTYPED -> new MetricValue.Untyped(value);
      case SUMMARY -> new MetricValue.Summary(count.bits(), sum, quantiles);
      case HISTOGRAM, GAUGE_HISTOGRAM -> histogram(count, sum, buckets);
    };
  }

  /** All its counts are whole numbers, or none. */
  static MetricValue.Histogram histogram(
      Count count, double sum, List<MetricValue.Bucket> buckets) {
    boolean whole =
        !isFraction(count) && buckets.stream().noneMatch(bucket -> isFraction(bucket.count()));
    List<MetricValue.Bucket> even =
        buckets.stream()
            .map(b -> new MetricValue.Bucket(b.upperBound(), even(b.count(), whole)))
            .toList();
    return new MetricValue.Histogram(even(count, whole), sum, even);
  }

  private static boolean isFraction(Count count) {
    return count.fractional() && count.asDouble() != 0;
  }

  private static Count even(Count count, boolean whole) {
    if (whole) {
      return count.fractional() ? Count.ZERO : count;
    }
    return count.asFractional();
  }
}
