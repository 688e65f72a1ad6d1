package io.narthex.runtime.internal.metrics;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** What one component registered, to be unregistered together. */
public final class ScopedRegistry implements MetricRegistry, AutoCloseable {
  private final String owner;
  private final PrometheusRegistry registry;
  private final List<Collector> registered = new ArrayList<>();

  ScopedRegistry(String owner, PrometheusRegistry registry) {
    this.owner = owner;
    this.registry = registry;
  }

  @Override
  public Counter counter(String name, String help, String... labelNames) {
    var counter =
        io.prometheus.metrics.core.metrics.Counter.builder()
            .name(counterName(name))
            .help(help)
            .labelNames(labelNames)
            .build();
    register(name, counter);
    return new ClientMetric.OfCounter(counter, counter);
  }

  @Override
  public Gauge gauge(String name, String help, String... labelNames) {
    var gauge =
        io.prometheus.metrics.core.metrics.Gauge.builder()
            .name(name)
            .help(help)
            .labelNames(labelNames)
            .build();
    register(name, gauge);
    return new ClientMetric.OfGauge(gauge, gauge);
  }

  @Override
  public void counter(String name, String help, DoubleSupplier value) {
    register(
        name,
        CounterWithCallback.builder()
            .name(counterName(name))
            .help(help)
            .callback(callback -> callback.call(value.getAsDouble()))
            .build());
  }

  @Override
  public void gauge(String name, String help, DoubleSupplier value) {
    register(
        name,
        GaugeWithCallback.builder()
            .name(name)
            .help(help)
            .callback(callback -> callback.call(value.getAsDouble()))
            .build());
  }

  @Override
  public Distribution histogram(
      String name, String help, double[] upperBounds, String... labelNames) {
    Histogram histogram =
        Histogram.builder()
            .name(name)
            .help(help)
            .classicOnly()
            .classicUpperBounds(upperBounds)
            .labelNames(labelNames)
            .build();
    register(name, histogram);
    return new ClientMetric.OfDistribution(histogram, histogram);
  }

  @Override
  public Distribution summary(String name, String help, double[] quantiles, String... labelNames) {
    Summary.Builder builder = Summary.builder().name(name).help(help).labelNames(labelNames);
    for (double quantile : quantiles) {
      builder.quantile(quantile);
    }
    Summary summary = builder.maxAgeSeconds(600).numberOfAgeBuckets(5).build();
    register(name, summary);
    return new ClientMetric.OfDistribution(summary, summary);
  }

  @Override
  public synchronized void close() {
    registered.forEach(registry::unregister);
    registered.clear();
  }

  private synchronized void register(String name, Collector collector) {
    try {
      registry.register(collector);
    } catch (IllegalStateException | IllegalArgumentException taken) {
      throw new IllegalArgumentException(
          "%s cannot register the metric \"%s\": %s".formatted(owner, name, taken.getMessage()),
          taken);
    }
    registered.add(collector);
  }

  /** The client adds {@code _total} by itself; insisting on it here keeps names greppable. */
  private static String counterName(String name) {
    if (!name.endsWith("_total")) {
      throw new IllegalArgumentException(
          "a counter's name ends in _total, got \"%s\"".formatted(name));
    }
    return name;
  }
}
