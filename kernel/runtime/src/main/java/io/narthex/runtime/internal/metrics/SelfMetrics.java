package io.narthex.runtime.internal.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.osgi.service.component.annotations.Component;

/** All metrics about this process, in one registry of the official Java client. */
@Component(service = SelfMetrics.class)
public final class SelfMetrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();

  /** A registry for one component; closing it unregisters what the component registered. */
  public ScopedRegistry registry(String owner) {
    return new ScopedRegistry(owner, registry);
  }

  PrometheusRegistry all() {
    return registry;
  }
}
