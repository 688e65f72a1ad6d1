package io.narthex.config.internal;

import io.narthex.api.config.ConfigurationCheck;
import io.narthex.api.config.PrometheusConfig;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checks of other bundles that are there now. */
final class ConfigurationChecks {
  private static final Logger logger = LoggerFactory.getLogger(ConfigurationChecks.class);

  private final List<ConfigurationCheck> checks = new CopyOnWriteArrayList<>();

  void add(ConfigurationCheck check) {
    checks.add(check);
  }

  void remove(ConfigurationCheck check) {
    checks.remove(check);
  }

  /** What all of them find. */
  List<String> problems(PrometheusConfig candidate) {
    return checks.stream().flatMap(check -> problems(check, candidate).stream()).toList();
  }

  /** What one of them finds; one that fails has not checked anything. */
  static List<String> problems(ConfigurationCheck check, PrometheusConfig candidate) {
    try {
      return check.check(candidate);
    } catch (RuntimeException e) {
      logger.error("a check of the configuration failed because of a defect", e);
      return List.of(
          "%s: a check of the configuration failed because of a defect: %s"
              .formatted(candidate.origin(), e));
    }
  }
}
