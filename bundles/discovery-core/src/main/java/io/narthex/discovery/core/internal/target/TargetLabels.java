package io.narthex.discovery.core.internal.target;

/** The labels that say how a target is scraped. */
final class TargetLabels {
  static final String ADDRESS = "__address__";
  static final String SCHEME = "__scheme__";
  static final String PATH = "__metrics_path__";
  static final String INTERVAL = "__scrape_interval__";
  static final String TIMEOUT = "__scrape_timeout__";
  static final String PARAM = "__param_";
  static final String UNIX_SOCKET = "__unix_socket__";
  static final String SCRAPE_NATIVE = "__scrape_native_histograms__";
  static final String CONVERT_CLASSIC = "__convert_classic_histograms_to_nhcb__";
  static final String ALWAYS_CLASSIC = "__always_scrape_classic_histograms__";
  static final String META = "__meta_";
  static final String RESERVED = "__";
  static final String JOB = "job";
  static final String INSTANCE = "instance";

  private TargetLabels() {}
}
