package io.narthex.api.config;

import java.util.List;

/** A format of exposition, by upstream's names ({@code scrape_protocols}). */
public enum ScrapeProtocol {
  /** The delimited protobuf format. */
  PROMETHEUS_PROTO(
      "PrometheusProto",
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"),
  /** OpenMetrics, the draft before 1.0. */
  OPEN_METRICS_TEXT_0_0_1("OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1"),
  /** OpenMetrics 1.0. */
  OPEN_METRICS_TEXT_1_0_0("OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0"),
  /** The classic text format. */
  PROMETHEUS_TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4"),
  /** The classic text format with names in UTF-8. */
  PROMETHEUS_TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0");

  /** What upstream asks for by default, the best first. */
  public static final List<ScrapeProtocol> DEFAULT =
      List.of(
          OPEN_METRICS_TEXT_1_0_0,
          OPEN_METRICS_TEXT_0_0_1,
          PROMETHEUS_TEXT_1_0_0,
          PROMETHEUS_TEXT_0_0_4);

  private final String text;
  private final String mediaType;

  ScrapeProtocol(String text, String mediaType) {
    this.text = text;
    this.mediaType = mediaType;
  }

  /** Its name in configurations. */
  public String text() {
    return text;
  }

  /** How it is asked for in the Accept header, without escaping and quality. */
  public String mediaType() {
    return mediaType;
  }
}
