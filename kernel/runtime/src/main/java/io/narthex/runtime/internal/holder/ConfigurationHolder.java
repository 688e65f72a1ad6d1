package io.narthex.runtime.internal.holder;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Holds the configuration in force. */
@Component
public final class ConfigurationHolder implements CurrentConfiguration {
  private final Broadcast<PrometheusConfig> current = new Broadcast<>();
  private volatile @Nullable LoadAttempt lastAttempt;

  @Override
  public Optional<PrometheusConfig> get() {
    return Optional.ofNullable(current.get());
  }

  @Override
  public void publish(PrometheusConfig configuration) {
    current.set(configuration);
  }

  @Override
  public void note(LoadAttempt attempt) {
    lastAttempt = attempt;
  }

  @Override
  public Optional<LoadAttempt> lastAttempt() {
    return Optional.ofNullable(lastAttempt);
  }

  @Override
  public Subscription subscribe(Consumer<PrometheusConfig> listener) {
    return current.subscribe(listener)::run;
  }
}
