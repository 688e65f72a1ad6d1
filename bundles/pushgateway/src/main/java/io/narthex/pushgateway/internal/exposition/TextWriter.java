package io.narthex.pushgateway.internal.exposition;

import io.narthex.api.model.Label;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes families in the text format, version 0.0.4, as upstream does. */
public final class TextWriter {
  /** So many characters are gathered before they become bytes. */
  private static final int CHUNK = 4 * 1024;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(2 * CHUNK);
  private final StringBuilder text = new StringBuilder(2 * CHUNK);

  /** Writes a family; one without metrics leaves no trace. */
  public void write(MetricFamily family) {
    if (family.metrics().isEmpty()) {
      return;
    }
    String help = family.help();
    if (help != null) {
      text.append("# HELP ").append(family.name()).append(' ');
      appendEscaped(help, false);
      text.append('\n');
    }
    text.append("# TYPE ").append(family.name()).append(' ');
    text.append(family.type().text()).append('\n');
    for (Metric metric : family.metrics()) {
      write(family.name(), metric);
      if (text.length() > CHUNK) {
        flush();
      }
    }
  }

  /** All that was written. */
  public byte[] toByteArray() {
    flush();
    return out.toByteArray();
  }

  private void write(String name, Metric metric) {
    List<Label> labels = metric.labels();
    switch (metric.value()) {
      case MetricValue.Counter counter -> sample(name, "", labels, counter.value());
      case MetricValue.Gauge gauge -> sample(name, "", labels, gauge.value());
      case MetricValue.Untyped untyped -> sample(name, "", labels, untyped.value());
      case MetricValue.Summary summary -> {
        for (MetricValue.Quantile q : summary.quantiles()) {
          sample(name, "", labels, "quantile", q.quantile(), q.value());
        }
        sample(name, "_sum", labels, summary.sum());
        sample(name, "_count", labels, Count.whole(summary.count()).asDouble());
      }
      case MetricValue.Histogram histogram -> histogram(name, labels, histogram);
      case MetricValue.None none ->
          throw new IllegalArgumentException("a metric of %s has no value".formatted(name));
    }
  }

  private void histogram(String name, List<Label> labels, MetricValue.Histogram histogram) {
    boolean infinite = false;
    for (MetricValue.Bucket b : histogram.buckets()) {
      sample(name, "_bucket", labels, "le", b.upperBound(), b.count().asDouble());
      infinite |= b.upperBound() == Double.POSITIVE_INFINITY;
    }
    double count = histogram.count().asDouble();
    if (!infinite) {
      sample(name, "_bucket", labels, "le", Double.POSITIVE_INFINITY, count);
    }
    sample(name, "_sum", labels, histogram.sum());
    sample(name, "_count", labels, count);
  }

  private void sample(String name, String suffix, List<Label> labels, double value) {
    text.append(name).append(suffix);
    char separator = appendLabels(labels);
    end(separator, value);
  }

  private void sample(
      String name, String suffix, List<Label> labels, String extra, double bound, double value) {
    text.append(name).append(suffix);
    char separator = appendLabels(labels);
    text.append(separator).append(extra).append("=\"").append(number(bound)).append('"');
    end(',', value);
  }

  private char appendLabels(List<Label> labels) {
    char separator = '{';
    for (Label label : labels) {
      text.append(separator).append(label.name()).append("=\"");
      appendEscaped(label.value(), true);
      text.append('"');
      separator = ',';
    }
    return separator;
  }

  private void end(char separator, double value) {
    if (separator == ',') {
      text.append('}');
    }
    text.append(' ').append(number(value)).append('\n');
  }

  private static String number(double value) {
    // Upstream writes a negative zero without its sign.
    return value == 0 ? "0" : GoNumber.format(value);
  }

  private void appendEscaped(String value, boolean quotes) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\n') {
        text.append("\\n");
      } else if (c == '\\' || quotes && c == '"') {
        text.append('\\').append(c);
      } else {
        text.append(c);
      }
    }
  }

  private void flush() {
    out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }
}
