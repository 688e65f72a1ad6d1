package io.narthex.pushgateway.internal.exposition;

import io.narthex.api.model.Label;

/**
 * Shows a metric as upstream's error texts do: in protobuf's text form, on one line. (Upstream puts
 * one or two spaces between the fields, by chance; here it is always one.)
 */
public final class MetricText {
  private MetricText() {}

  /** The metric with its labels and value. */
  public static String of(Metric metric) {
    StringBuilder out = new StringBuilder(128);
    for (Label label : metric.labels()) {
      out.append("label:{name:");
      appendQuoted(out, label.name());
      out.append(" value:");
      appendQuoted(out, label.value());
      out.append("} ");
    }
    switch (metric.value()) {
      case MetricValue.Gauge gauge -> simple(out, "gauge", gauge.value());
      case MetricValue.Counter counter -> simple(out, "counter", counter.value());
      case MetricValue.Untyped untyped -> simple(out, "untyped", untyped.value());
      case MetricValue.Summary summary -> summary(out, summary);
      case MetricValue.Histogram histogram -> histogram(out, histogram);
      case MetricValue.None none -> out.setLength(Math.max(0, out.length() - 1));
    }
    return out.toString();
  }

  private static void simple(StringBuilder out, String kind, double value) {
    out.append(kind).append(":{value:").append(number(value)).append('}');
  }

  private static void summary(StringBuilder out, MetricValue.Summary summary) {
    out.append("summary:{sample_count:").append(Long.toUnsignedString(summary.count()));
    out.append(" sample_sum:").append(number(summary.sum()));
    for (MetricValue.Quantile quantile : summary.quantiles()) {
      out.append(" quantile:{quantile:").append(number(quantile.quantile()));
      out.append(" value:").append(number(quantile.value())).append('}');
    }
    out.append('}');
  }

  private static void histogram(StringBuilder out, MetricValue.Histogram histogram) {
    out.append("histogram:{");
    out.append(histogram.count().fractional() ? "sample_count_float:" : "sample_count:");
    out.append(number(histogram.count()));
    out.append(" sample_sum:").append(number(histogram.sum()));
    for (MetricValue.Bucket bucket : histogram.buckets()) {
      boolean fractional = bucket.count().fractional();
      out.append(fractional ? " bucket:{cumulative_count_float:" : " bucket:{cumulative_count:");
      out.append(number(bucket.count()));
      out.append(" upper_bound:").append(number(bucket.upperBound())).append('}');
    }
    out.append('}');
  }

  private static String number(Count count) {
    return count.fractional() ? number(count.asDouble()) : count.text();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    return Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : GoNumber.format(value);
  }

  private static void appendQuoted(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            out.append("\\x%02x".formatted((int) c));
          } else if (c > 0x7f && c <= 0x9f) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
