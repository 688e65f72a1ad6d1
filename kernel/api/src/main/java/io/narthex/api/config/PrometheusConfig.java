package io.narthex.api.config;

import java.util.List;

/**
 * A configuration that was read and checked as a whole.
 *
 * @param origin where it came from, for people: a file's path, or {@code (built-in)}
 */
public record PrometheusConfig(
    String origin, GlobalConfig global, List<ScrapeConfig> scrapeConfigs) {
  /** Copies the list. */
  public PrometheusConfig {
    scrapeConfigs = List.copyOf(scrapeConfigs);
  }
}
