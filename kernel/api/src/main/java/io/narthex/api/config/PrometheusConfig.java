package io.narthex.api.config;

import java.util.List;

/**
 * A configuration that was read and checked as a whole.
 *
 * @param origin where it came from, for people: a file's path, or {@code (built-in)}
 * @param scrapeConfigs of the file and of its {@code scrape_config_files}
 * @param rules what it says about rules
 * @param maxExemplars how many exemplars are kept ({@code storage.exemplars.max_exemplars})
 * @param outOfOrderWindowMillis how old a sample may be behind its series' newest ({@code
 *     storage.tsdb.out_of_order_time_window}); 0: not at all
 * @param text the whole configuration in YAML as it is shown to people: defaults filled in, secrets
 *     hidden
 */
public record PrometheusConfig(
    String origin,
    GlobalConfig global,
    List<ScrapeConfig> scrapeConfigs,
    RuleSettings rules,
    long maxExemplars,
    long outOfOrderWindowMillis,
    String text) {
  /** Upstream's default. */
  public static final long DEFAULT_MAX_EXEMPLARS = 100_000;

  /** Copies the list. */
  public PrometheusConfig {
    scrapeConfigs = List.copyOf(scrapeConfigs);
  }
}
