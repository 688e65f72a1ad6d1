package io.narthex.http.api.internal.fake;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Holds a configuration. */
public final class FakeConfiguration implements CurrentConfiguration {
  public final List<Consumer<PrometheusConfig>> listeners = new CopyOnWriteArrayList<>();
  private volatile Optional<PrometheusConfig> current = Optional.empty();
  private volatile Optional<LoadAttempt> last = Optional.empty();

  @Override
  public Optional<PrometheusConfig> get() {
    return current;
  }

  @Override
  public void publish(PrometheusConfig configuration) {
    current = Optional.of(configuration);
    listeners.forEach(listener -> listener.accept(configuration));
  }

  @Override
  public void note(LoadAttempt attempt) {
    last = Optional.of(attempt);
  }

  @Override
  public Optional<LoadAttempt> lastAttempt() {
    return last;
  }

  @Override
  public Subscription subscribe(Consumer<PrometheusConfig> listener) {
    listeners.add(listener);
    current.ifPresent(listener);
    return () -> listeners.remove(listener);
  }
}
