package io.narthex.discovery.file.internal;

import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** Stands in for what the runtime gives a component; closing it ends all as the runtime does. */
final class TestRuntime implements BundleScope, MetricRegistry, Clock, AutoCloseable {
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  final Map<String, Double> values = new ConcurrentHashMap<>();

  double value(String series) {
    return values.getOrDefault(series, 0.0);
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public ExecutorService pool(String name, int threads, int queueCapacity) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledExecutorService scheduler(String name) {
    ScheduledExecutorService scheduler =
        Executors.newScheduledThreadPool(1, body -> new Thread(body, "file-test/" + name));
    own(
        () -> {
          scheduler.shutdownNow();
          if (!scheduler.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the scheduler does not end");
          }
        });
    return scheduler;
  }

  @Override
  public Thread thread(String name, Runnable body) {
    Thread thread = new Thread(body, "file-test/" + name);
    own(
        () -> {
          thread.interrupt();
          thread.join(10_000);
          if (thread.isAlive()) {
            throw new AssertionError("the thread does not end: " + name);
          }
        });
    return thread;
  }

  @Override
  public MetricRegistry metrics() {
    return this;
  }

  @Override
  public synchronized <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public synchronized void close() throws Exception {
    while (!owned.isEmpty()) {
      owned.pop().close();
    }
  }

  @Override
  public Counter counter(String name, String help, String... labelNames) {
    return new Counter() {
      @Override
      public void inc() {
        add(1);
      }

      @Override
      public void add(double amount) {
        values.merge(name, amount, Double::sum);
      }

      @Override
      public Counter labels(String... labelValues) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
      }

      @Override
      public Gauge labels(String... labelValues) {
        return gauge(name + "{" + String.join(",", labelValues) + "}", help);
      }
    };
  }

  @Override
  public void counter(String name, String help, DoubleSupplier value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void gauge(String name, String help, DoubleSupplier value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Distribution histogram(
      String name, String help, double[] upperBounds, String... labelNames) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Distribution summary(String name, String help, double[] quantiles, String... labelNames) {
    return new Distribution() {
      @Override
      public void observe(double value) {
        values.merge(name + "_count", 1.0, Double::sum);
      }

      @Override
      public Distribution labels(String... labelValues) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
