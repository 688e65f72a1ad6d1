package io.narthex.http.api.internal.fake;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/** Remembers what was counted and observed, by name and label values: {@code requests[/a, 200]}. */
public final class FakeMetrics implements MetricRegistry {
  public final Map<String, Double> counted = new ConcurrentHashMap<>();
  public final Map<String, List<Double>> observed = new ConcurrentHashMap<>();
  public final Map<String, DoubleSupplier> asked = new ConcurrentHashMap<>();

  @Override
  public Counter counter(String name, String help, String... labelNames) {
    return new FakeCounter(name);
  }

  @Override
  public Gauge gauge(String name, String help, String... labelNames) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void counter(String name, String help, DoubleSupplier value) {
    asked.put(name, value);
  }

  @Override
  public void gauge(String name, String help, DoubleSupplier value) {
    asked.put(name, value);
  }

  @Override
  public Distribution histogram(
      String name, String help, double[] upperBounds, String... labelNames) {
    return new FakeDistribution(name);
  }

  @Override
  public Distribution summary(String name, String help, double[] quantiles, String... labelNames) {
    throw new UnsupportedOperationException();
  }

  private final class FakeCounter implements Counter {
    private final String name;

    FakeCounter(String name) {
      this.name = name;
      counted.put(name, 0.0);
    }

    @Override
    public void add(double amount) {
      counted.merge(name, amount, Double::sum);
    }

    @Override
    public Counter labels(String... values) {
      return new FakeCounter(name + List.of(values));
    }
  }

  private final class FakeDistribution implements Distribution {
    private final String name;

    FakeDistribution(String name) {
      this.name = name;
    }

    @Override
    public void observe(double value) {
      observed.computeIfAbsent(name, ignored -> new CopyOnWriteArrayList<>()).add(value);
    }

    @Override
    public Distribution labels(String... values) {
      return new FakeDistribution(name + List.of(values));
    }
  }
}
