package io.narthex.storage.internal.engine;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/** A scope whose metrics can be read, and that must be closed. */
final class FakeScope implements BundleScope, MetricRegistry, AutoCloseable {
  final Map<String, DoubleSupplier> metrics = new TreeMap<>();
  private final List<Runnable> closers = new ArrayList<>();

  double value(String name) {
    return metrics.get(name).getAsDouble();
  }

  @Override
  public ExecutorService pool(String name, int threads, int queueCapacity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized ScheduledExecutorService scheduler(String name) {
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    closers.add(scheduler::shutdownNow);
    return scheduler;
  }

  @Override
  public synchronized Thread thread(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    closers.add(thread::interrupt);
    return thread;
  }

  @Override
  public MetricRegistry metrics() {
    return this;
  }

  @Override
  public <T extends AutoCloseable> T own(T resource) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized void close() {
    closers.reversed().forEach(Runnable::run);
  }

  @Override
  public Counter counter(String name, String help, String... labelNames) {
    Cell cell = new Cell();
    metrics.put(name, () -> cell.value);
    return cell;
  }

  @Override
  public Gauge gauge(String name, String help, String... labelNames) {
    GaugeCell cell = new GaugeCell();
    metrics.put(name, () -> cell.value);
    return cell;
  }

  @Override
  public void counter(String name, String help, DoubleSupplier value) {
    metrics.put(name, value);
  }

  @Override
  public void gauge(String name, String help, DoubleSupplier value) {
    metrics.put(name, value);
  }

  @Override
  public Distribution histogram(
      String name, String help, double[] upperBounds, String... labelNames) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Distribution summary(String name, String help, double[] quantiles, String... labelNames) {
    throw new UnsupportedOperationException();
  }

  private static final class Cell implements Counter {
    private volatile double value;

    @Override
    public void add(double amount) {
      value += amount;
    }

    @Override
    public Counter labels(String... values) {
      return this;
    }
  }

  private static final class GaugeCell implements Gauge {
    private volatile double value;

    @Override
    public void set(double to) {
      value = to;
    }

    @Override
    public void add(double amount) {
      value += amount;
    }

    @Override
    public Gauge labels(String... values) {
      return this;
    }
  }
}
