package io.narthex.config.internal;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.readiness.ReadinessCheck;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import io.narthex.config.internal.prometheus.BadConfigurationException;
import io.narthex.config.internal.prometheus.PrometheusYaml;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the configuration when it is activated and puts it in force. A bad file at the start of the
 * server ends the process with exit code 1, as upstream does; when the bundle is only updated, the
 * configuration in force stays.
 */
@Component(immediate = true, service = ReadinessCheck.class)
public final class ConfigurationLoader implements ReadinessCheck {
  /** System property that tells the launcher the process's exit code. */
  static final String EXIT_CODE = "narthex.exit.code";

  private static final Logger logger = LoggerFactory.getLogger(ConfigurationLoader.class);

  private final CurrentConfiguration current;
  private volatile String problem = "";

  /** Loads the configuration. */
  @Activate
  public ConfigurationLoader(
      @Reference ServerFlags flags,
      @Reference CurrentConfiguration current,
      @Reference Clock clock,
      @Reference(scope = ReferenceScope.PROTOTYPE_REQUIRED) BundleScope scope,
      BundleContext context) {
    this.current = current;
    Gauge successful =
        scope
            .metrics()
            .gauge(
                "prometheus_config_last_reload_successful",
                "Whether the last configuration reload attempt was successful.");
    Gauge time =
        scope
            .metrics()
            .gauge(
                "prometheus_config_last_reload_success_timestamp_seconds",
                "Timestamp of the last successful configuration reload.");
    try {
      PrometheusConfig loaded = load(flags);
      logger
          .atInfo()
          .addKeyValue("config", loaded.origin())
          .addKeyValue("jobs", loaded.scrapeConfigs().size())
          .log("configuration loaded");
      current.publish(loaded);
      successful.set(1);
      time.set(clock.wallMillis() / 1000.0);
    } catch (BadConfigurationException e) {
      successful.set(0);
      refuse(e, context);
    }
  }

  private static PrometheusConfig load(ServerFlags flags) {
    Optional<String> file = flags.find("config.file").filter(name -> !name.isEmpty());
    if (file.isEmpty()) {
      return BuiltInConfiguration.create(flags.all("web.listen-address"));
    }
    PrometheusYaml yaml =
        new PrometheusYaml(name -> Optional.ofNullable(System.getenv(name)).orElse(""));
    return ConfigurationFile.read(file.get(), yaml);
  }

  private void refuse(BadConfigurationException e, BundleContext context) {
    for (String line : e.problems()) {
      logger.error(line);
    }
    problem = String.valueOf(e.getMessage());
    if (current.get().isPresent()) {
      logger.error(
          "the configuration file has {} error(s); the configuration in force stays",
          e.problems().size());
      return;
    }
    logger.error("the configuration file has {} error(s); the server stops", e.problems().size());
    System.setProperty(EXIT_CODE, "1");
    try {
      context.getBundle(0).stop();
    } catch (BundleException stop) {
      logger.error("the framework could not be stopped", stop);
    }
  }

  @Override
  public String part() {
    return "config";
  }

  @Override
  public Optional<String> notReady() {
    return current.get().isPresent() ? Optional.empty() : Optional.of(problem);
  }
}
