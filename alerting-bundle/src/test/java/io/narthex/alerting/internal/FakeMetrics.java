package io.narthex.alerting.internal;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/** Metrics that can be read; a name registered twice is refused, as the real ones do. */
public final class FakeMetrics implements MetricRegistry {
  private final Map<String, Double> values = new ConcurrentSkipListMap<>();
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  private record Value(Map<String, Double> values, String name)
      implements Counter, Gauge, Distribution {
    @Override
    public void add(double amount) {
      values.merge(name, amount, Double::sum);
    }

    @Override
    public void set(double value) {
      values.put(name, value);
    }

    @Override
    public void observe(double value) {
      add(1);
    }

    @Override
    public Value labels(String... labels) {
      return new Value(values, name + "{" + String.join(",", labels) + "}");
    }

    @Override
    public void remove(String... labels) {
      values.remove(labels(labels).name);
    }
  }

  /** The value of a metric, 0 if there is none. */
  public double value(String name) {
    return values.getOrDefault(name, 0.0);
  }

  private Value register(String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("registered twice: " + name);
    }
    return new Value(values, name);
  }

  @Override
  public Counter counter(String name, String help, String... labelNames) {
    return register(name);
  }

  @Override
  public Gauge gauge(String name, String help, String... labelNames) {
    return register(name);
  }

  @Override
  public void counter(String name, String help, DoubleSupplier value) {
    register(name);
  }

  @Override
  public void gauge(String name, String help, DoubleSupplier value) {
    register(name);
  }

  @Override
  public Distribution histogram(
      String name, String help, double[] upperBounds, String... labelNames) {
    return register(name);
  }

  @Override
  public Distribution summary(String name, String help, double[] quantiles, String... labelNames) {
    return register(name);
  }
}
