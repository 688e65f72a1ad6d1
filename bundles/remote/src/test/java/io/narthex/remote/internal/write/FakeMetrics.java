package io.narthex.remote.internal.write;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** Metrics that can be looked at; a metric with label values is named {@code name{value}}. */
public final class FakeMetrics implements MetricRegistry {
  private final Map<String, DoubleSupplier> suppliers = new ConcurrentHashMap<>();
  private final Map<String, Double> values = new ConcurrentHashMap<>();

  public double value(String name) {
    DoubleSupplier supplier = suppliers.get(name);
    return supplier != null ? supplier.getAsDouble() : values.getOrDefault(name, 0.0);
  }

  private void add(String name, double amount) {
    values.merge(name, amount, Double::sum);
  }

  private static String labelled(String name, String[] labels) {
    return name + "{" + String.join(",", labels) + "}";
  }

  @Override
  public Counter counter(String name, String help, String... labelNames) {
    return new Counter() {
      @Override
      public void add(double amount) {
        FakeMetrics.this.add(name, amount);
      }

      @Override
      public Counter labels(String... labels) {
        return counter(labelled(name, labels), help);
      }
    };
  }

  @Override
  public Gauge gauge(String name, String help, String... labelNames) {
    return new Gauge() {
      @Override
      public void set(double value) {
        values.put(name, value);
      }

      @Override
      public void add(double amount) {
        FakeMetrics.this.add(name, amount);
      }

      @Override
      public Gauge labels(String... labels) {
        return gauge(labelled(name, labels), help);
      }
    };
  }

  @Override
  public void counter(String name, String help, DoubleSupplier value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void gauge(String name, String help, DoubleSupplier value) {
    suppliers.put(name, value);
  }

  @Override
  public Distribution histogram(String name, String help, double[] bounds, String... labelNames) {
    throw new UnsupportedOperationException();
  }

  /** Counts the observations. */
  @Override
  public Distribution summary(String name, String help, double[] quantiles, String... labelNames) {
    return new Distribution() {
      @Override
      public void observe(double value) {
        FakeMetrics.this.add(name, 1);
      }

      @Override
      public Distribution labels(String... labels) {
        return summary(labelled(name, labels), help, quantiles);
      }
    };
  }
}
