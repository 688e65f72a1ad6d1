package io.narthex.discovery.core.internal;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.StaticTargets;
import io.narthex.api.metrics.Counter;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the targets of all {@code static_configs} whenever a configuration comes into force.
 * The targets stay when this bundle stops: they belong to the registry.
 */
@Component(
    immediate = true,
    service = {})
public final class StaticDiscovery {
  /** The name the targets are published under. */
  static final String PUBLISHER = "config";

  private static final Logger logger = LoggerFactory.getLogger(StaticDiscovery.class);

  private final TargetRegistry registry;
  private final Counter failed;

  /** Subscribes to the configuration. */
  @Activate
  public StaticDiscovery(
      @Reference CurrentConfiguration configuration,
      @Reference TargetRegistry registry,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope) {
    this.registry = registry;
    this.failed =
        scope
            .metrics()
            .counter(
                "prometheus_target_sync_failed_total",
                "Total number of target sync failures.",
                "scrape_job");
    scope.own(configuration.subscribe(this::publish));
  }

  private void publish(PrometheusConfig configuration) {
    List<Target> targets = new ArrayList<>();
    configuration.scrapeConfigs().forEach(config -> targets.addAll(targets(config)));
    registry.publish(PUBLISHER, targets);
  }

  /** Targets with the same labels and URL are one target; the first stands for it. */
  private List<Target> targets(ScrapeConfig config) {
    record Identity(Object labels, Object endpoint) {}

    Set<Identity> seen = new HashSet<>();
    List<Target> targets = new ArrayList<>();
    for (Target target : all(config)) {
      if (seen.add(new Identity(target.labels(), target.endpoint()))) {
        targets.add(target);
      }
    }
    return targets;
  }

  private List<Target> all(ScrapeConfig config) {
    StaticTargetBuilder builder = new StaticTargetBuilder(config);
    List<Target> targets = new ArrayList<>();
    for (StaticTargets group : config.staticConfigs()) {
      for (String address : group.targets()) {
        try {
          targets.add(builder.build(address, group.labels()));
        } catch (BadTargetException e) {
          failed.labels(config.jobName()).inc();
          logger
              .atError()
              .addKeyValue("scrape_pool", config.jobName())
              .addKeyValue("target", address)
              .addKeyValue("err", e.getMessage())
              .log("creating target failed");
        }
      }
    }
    return targets;
  }
}
