package io.narthex.rules.internal.fake;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Remembers values by name and label values: {@code x_total[a]}; of distributions the count. */
public final class FakeMetrics implements MetricRegistry {
  public final Map<String, Double> values = new HashMap<>();
  private final Map<String, DoubleSupplier> asked = new HashMap<>();

  /** The value of a metric. */
  public double get(String name) {
    DoubleSupplier supplier = asked.get(name);
    return supplier != null ? supplier.getAsDouble() : values.getOrDefault(name, 0.0);
  }

  @Override
  public Counter counter(String name, String help, String... labelNames) {
    return new Value(register(name));
  }

  @Override
  public Gauge gauge(String name, String help, String... labelNames) {
    return new Level(register(name));
  }

  @Override
  public void counter(String name, String help, DoubleSupplier value) {
    asked.put(register(name), value);
  }

  @Override
  public void gauge(String name, String help, DoubleSupplier value) {
    asked.put(register(name), value);
  }

  @Override
  public Distribution histogram(
      String name, String help, double[] upperBounds, String... labelNames) {
    return new Spread(register(name));
  }

  @Override
  public Distribution summary(String name, String help, double[] quantiles, String... labelNames) {
    return new Spread(register(name));
  }

  private String register(String name) {
    if (values.put(name, 0.0) != null) {
      throw new IllegalArgumentException(name + " is registered twice");
    }
    return name;
  }

  private final class Value implements Counter {
    private final String name;

    Value(String name) {
      this.name = name;
    }

    @Override
    public void add(double amount) {
      values.merge(name, amount, Double::sum);
    }

    @Override
    public Counter labels(String... labels) {
      return new Value(name + List.of(labels));
    }

    @Override
    public void remove(String... labels) {
      values.remove(name + List.of(labels));
    }
  }

  private final class Level implements Gauge {
    private final String name;

    Level(String name) {
      this.name = name;
    }

    @Override
    public void set(double value) {
      values.put(name, value);
    }

    @Override
    public void add(double amount) {
      values.merge(name, amount, Double::sum);
    }

    @Override
    public Gauge labels(String... labels) {
      return new Level(name + List.of(labels));
    }

    @Override
    public void remove(String... labels) {
      values.remove(name + List.of(labels));
    }
  }

  private final class Spread implements Distribution {
    private final String name;

    Spread(String name) {
      this.name = name;
    }

    @Override
    public void observe(double value) {
      values.merge(name, 1.0, Double::sum);
    }

    @Override
    public Distribution labels(String... labels) {
      return new Spread(name + List.of(labels));
    }
  }
}
