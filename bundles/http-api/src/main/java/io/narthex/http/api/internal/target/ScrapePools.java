package io.narthex.http.api.internal.target;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.model.Utf8Order;
import io.narthex.api.target.TargetPool;
import io.narthex.api.target.TargetRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scrape pools: those of the configuration, targets or not, and those that other parts publish.
 */
public final class ScrapePools {
  private final TargetRegistry registry;
  private final CurrentConfiguration configuration;

  /** Looks at both whenever it is asked. */
  public ScrapePools(TargetRegistry registry, CurrentConfiguration configuration) {
    this.registry = registry;
    this.configuration = configuration;
  }

  /** What is published of each pool, by its name. */
  SortedMap<String, List<TargetPool>> byName() {
    SortedMap<String, List<TargetPool>> pools = new TreeMap<>(Utf8Order.COMPARATOR);
    configuration
        .get()
        .ifPresent(
            config ->
                config
                    .scrapeConfigs()
                    .forEach(scrape -> pools.put(scrape.jobName(), new ArrayList<>())));
    registry
        .pools()
        .values()
        .forEach(
            published ->
                published.forEach(
                    pool ->
                        pools
                            .computeIfAbsent(pool.name(), ignored -> new ArrayList<>())
                            .add(pool)));
    return pools;
  }
}
