package io.narthex.pushgateway.internal.exposition;

/** The type of a metric family, in the order of the numbers of the protobuf format. */
public enum MetricType {
  COUNTER("counter"),
  GAUGE("gauge"),
  SUMMARY("summary"),
  UNTYPED("untyped"),
  HISTOGRAM("histogram"),
  /** The text format has no such type and shows it as a histogram. */
  GAUGE_HISTOGRAM("histogram");

  private final String text;

  MetricType(String text) {
    this.text = text;
  }

  /** How the type is written in the text format. */
  public String text() {
    return text;
  }

  /** Whether the family's metrics have buckets. */
  public boolean isHistogram() {
    return this == HISTOGRAM || this == GAUGE_HISTOGRAM;
  }
}
