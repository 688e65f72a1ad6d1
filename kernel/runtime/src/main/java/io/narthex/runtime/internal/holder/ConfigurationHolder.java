package io.narthex.runtime.internal.holder;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.PrometheusConfig;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;

/** Holds the configuration in force. */
@Component
public final class ConfigurationHolder implements CurrentConfiguration {
  private final Broadcast<PrometheusConfig> current = new Broadcast<>();

  @Override
  public Optional<PrometheusConfig> get() {
    return Optional.ofNullable(current.get());
  }

  @Override
  public void publish(PrometheusConfig configuration) {
    current.set(configuration);
  }

  @Override
  public Subscription subscribe(Consumer<PrometheusConfig> listener) {
    return current.subscribe(listener)::run;
  }
}
