package io.narthex.pushgateway.internal.exposition;

import java.util.List;

/** What a metric measures; of another kind than its family's type only until it is checked. */
public sealed interface MetricValue {
  /** Whether a family of this type can have such a value. */
  boolean fits(MetricType type);

  /** A counter's value. */
  record Counter(double value) implements MetricValue {
    @Override
    public boolean fits(MetricType type) {
      return type == MetricType.COUNTER;
    }
  }

  /** A gauge's value. */
  record Gauge(double value) implements MetricValue {
    @Override
    public boolean fits(MetricType type) {
      return type == MetricType.GAUGE;
    }
  }

  /** The value of a metric without a type. */
  record Untyped(double value) implements MetricValue {
    @Override
    public boolean fits(MetricType type) {
      return type == MetricType.UNTYPED;
    }
  }

  /** A summary; its quantiles keep the order in which they were pushed. */
  record Summary(long count, double sum, List<Quantile> quantiles) implements MetricValue {
    /** Keeps a copy of the quantiles. */
    public Summary {
      quantiles = List.copyOf(quantiles);
    }

    @Override
    public boolean fits(MetricType type) {
      return type == MetricType.SUMMARY;
    }
  }

  /** One quantile of a summary. */
  record Quantile(double quantile, double value) {}

  /** A classic histogram; its buckets are cumulative and keep the order of the push. */
  record Histogram(Count count, double sum, List<Bucket> buckets) implements MetricValue {
    /** Keeps a copy of the buckets. */
    public Histogram {
      buckets = List.copyOf(buckets);
    }

    @Override
    public boolean fits(MetricType type) {
      return type.isHistogram();
    }
  }

  /** One bucket of a histogram. */
  record Bucket(double upperBound, Count count) {}

  /** Nothing: the push had no value. */
  record None() implements MetricValue {
    @Override
    public boolean fits(MetricType type) {
      return false;
    }
  }
}
