package io.narthex.api.config;

import io.narthex.api.relabel.RelabelRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One entry of {@code scrape_configs}, defaults filled in; the timeout is never above the interval.
 *
 * @param options how its targets are scraped
 * @param relabelRules what is done with the labels of a discovered target
 * @param targetLimit how many targets there may be after relabelling; 0: any number
 * @param keepDroppedTargets how many dropped targets are kept for people to look at; 0: all
 */
public record ScrapeConfig(
    String jobName,
    Duration scrapeInterval,
    Duration scrapeTimeout,
    String metricsPath,
    String scheme,
    Map<String, List<String>> params,
    ScrapeOptions options,
    List<RelabelRule> relabelRules,
    long targetLimit,
    long keepDroppedTargets,
    List<StaticTargets> staticConfigs,
    List<DiscoveryConfig> discoveryConfigs) {
  /** Copies the collections. */
  public ScrapeConfig {
    params = Map.copyOf(params);
    relabelRules = List.copyOf(relabelRules);
    staticConfigs = List.copyOf(staticConfigs);
    discoveryConfigs = List.copyOf(discoveryConfigs);
  }
}
