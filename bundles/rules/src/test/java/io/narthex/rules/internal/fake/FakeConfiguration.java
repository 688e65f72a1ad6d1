package io.narthex.rules.internal.fake;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleFile;
import io.narthex.api.config.RuleSettings;
import io.narthex.api.model.Labels;
import io.narthex.api.model.NameValidation;
import io.narthex.api.relabel.RelabelRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Holds a configuration. */
public final class FakeConfiguration implements CurrentConfiguration {
  private final List<Consumer<PrometheusConfig>> listeners = new CopyOnWriteArrayList<>();
  private Optional<PrometheusConfig> current = Optional.empty();

  /** A configuration with these files of rules. */
  public static PrometheusConfig of(Labels external, List<RelabelRule> rules, RuleFile... files) {
    return of(Duration.ofMinutes(1), external, rules, files);
  }

  /** A configuration with these files of rules and another interval. */
  public static PrometheusConfig of(
      Duration interval, Labels external, List<RelabelRule> rules, RuleFile... files) {
    return new PrometheusConfig(
        "prometheus.yml",
        new GlobalConfig(Duration.ofMinutes(1), Duration.ofSeconds(10), interval, external),
        List.of(),
        new RuleSettings(List.of(files), Duration.ZERO, rules, NameValidation.UTF8),
        0,
        0,
        "");
  }

  /** A configuration with one file of rules. */
  public static PrometheusConfig of(String text) {
    return of(Labels.EMPTY, List.of(), new RuleFile("rules.yml", text));
  }

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
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<LoadAttempt> lastAttempt() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription subscribe(Consumer<PrometheusConfig> listener) {
    listeners.add(listener);
    current.ifPresent(listener);
    return () -> listeners.remove(listener);
  }
}
