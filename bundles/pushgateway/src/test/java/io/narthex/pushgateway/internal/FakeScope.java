package io.narthex.pushgateway.internal;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** A scope with real threads, whose metrics can be looked at. */
final class FakeScope implements BundleScope {
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final Map<String, DoubleSupplier> suppliers = new ConcurrentHashMap<>();
  private final Map<String, Double> values = new ConcurrentHashMap<>();

  /** A metric with label values is named {@code name{value,value}}; a summary is its count. */
  double metric(String name) {
    DoubleSupplier supplier = suppliers.get(name);
    return supplier == null ? values.getOrDefault(name, 0.0) : supplier.getAsDouble();
  }

  void close() throws Exception {
    for (AutoCloseable resource : owned.reversed()) {
      resource.close();
    }
  }

  @Override
  public ExecutorService pool(String name, int threads, int queueCapacity) {
    return owned(
        new ThreadPoolExecutor(
            threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueCapacity)));
  }

  @Override
  public ScheduledExecutorService scheduler(String name) {
    return owned(new ScheduledThreadPoolExecutor(1));
  }

  private <T extends ExecutorService> T owned(T pool) {
    owned.add(
        () -> {
          pool.shutdownNow();
          if (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError("a thread does not end");
          }
        });
    return pool;
  }

  @Override
  public Thread thread(String name, Runnable body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends AutoCloseable> T own(T resource) {
    owned.add(resource);
    return resource;
  }

  @Override
  public MetricRegistry metrics() {
    return new Metrics();
  }

  private final class Metrics implements MetricRegistry {
    @Override
    public Counter counter(String name, String help, String... labelNames) {
      return new Counter() {
        @Override
        public void add(double amount) {
          values.merge(name, amount, Double::sum);
        }

        @Override
        public Counter labels(String... labels) {
          return counter(name + "{" + String.join(",", labels) + "}", help);
        }
      };
    }

    @Override
    public Gauge gauge(String name, String help, String... labelNames) {
      throw new UnsupportedOperationException();
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
    public Distribution histogram(
        String name, String help, double[] upperBounds, String... labelNames) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Distribution summary(
        String name, String help, double[] quantiles, String... labelNames) {
      return new Distribution() {
        @Override
        public void observe(double value) {
          values.merge(name, 1.0, Double::sum);
        }

        @Override
        public Distribution labels(String... labels) {
          return summary(name + "{" + String.join(",", labels) + "}", help, quantiles);
        }
      };
    }
  }
}
