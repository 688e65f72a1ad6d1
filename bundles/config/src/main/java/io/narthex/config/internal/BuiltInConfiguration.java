package io.narthex.config.internal;

import java.util.List;
import java.util.Set;

/** What runs when no configuration file is given: the server scrapes itself. */
final class BuiltInConfiguration {
  /** What it is called. */
  static final String ORIGIN = "(built-in)";

  private static final Set<String> WILDCARDS = Set.of("", "0.0.0.0", "*", "[::]", "[::0]");

  private BuiltInConfiguration() {}

  /**
   * The configuration. Its interval is short, so that somebody who has just started the server has
   * something to see, and soon a rate.
   *
   * @param listenAddresses where the server listens; the first is scraped
   */
  static String text(List<String> listenAddresses) {
    return """
        global:
          scrape_interval: 5s
          scrape_timeout: 5s
          evaluation_interval: 5s
        scrape_configs:
          - job_name: prometheus
            static_configs:
              - targets: ["%s"]
        """
        .formatted(target(listenAddresses.getFirst()));
  }

  private static String target(String listenAddress) {
    int colon = listenAddress.lastIndexOf(':');
    String host = listenAddress.substring(0, Math.max(0, colon));
    return WILDCARDS.contains(host) ? "localhost" + listenAddress.substring(colon) : listenAddress;
  }
}
