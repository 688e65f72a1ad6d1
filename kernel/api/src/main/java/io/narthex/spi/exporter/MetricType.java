package io.narthex.spi.exporter;

/** The types of the text format 0.0.4. */
public enum MetricType {
  COUNTER,
  GAUGE,
  HISTOGRAM,
  SUMMARY,
  UNTYPED
}
