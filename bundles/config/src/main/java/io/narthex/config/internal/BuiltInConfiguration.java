package io.narthex.config.internal;

import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.StaticTargets;
import io.narthex.api.model.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What runs when no configuration file is given: the server scrapes itself. */
final class BuiltInConfiguration {
  /** Short, so that somebody who has just started it has something to see, and soon a rate. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Set<String> WILDCARDS = Set.of("", "0.0.0.0", "*", "[::]", "[::0]");

  private BuiltInConfiguration() {}

  /**
   * The configuration.
   *
   * @param listenAddresses where the server listens; the first is scraped
   */
  static PrometheusConfig create(List<String> listenAddresses) {
    ScrapeConfig self =
        new ScrapeConfig(
            "prometheus",
            INTERVAL,
            TIMEOUT,
            "/metrics",
            "http",
            Map.of(),
            false,
            true,
            List.of(new StaticTargets(List.of(target(listenAddresses.getFirst())), Labels.EMPTY)));
    return new PrometheusConfig(
        "(built-in)", new GlobalConfig(INTERVAL, TIMEOUT, INTERVAL, Labels.EMPTY), List.of(self));
  }

  private static String target(String listenAddress) {
    int colon = listenAddress.lastIndexOf(':');
    String host = listenAddress.substring(0, Math.max(0, colon));
    return WILDCARDS.contains(host) ? "localhost" + listenAddress.substring(colon) : listenAddress;
  }
}
