package io.narthex.promql.internal;

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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** A bundle scope that keeps what is registered in maps. */
final class FakeScope implements BundleScope, AutoCloseable {
  final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();
  final Map<String, LongAdder> observations = new ConcurrentHashMap<>();
  private final List<ExecutorService> pools = new ArrayList<>();

  @Override
  public ExecutorService pool(String name, int threads, int queueCapacity) {
    ExecutorService pool =
        new ThreadPoolExecutor(
            threads, threads, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueCapacity));
    pools.add(pool);
    return pool;
  }

  @Override
  public ScheduledExecutorService scheduler(String name) {
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    pools.add(scheduler);
    return scheduler;
  }

  @Override
  public Thread thread(String name, Runnable body) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends AutoCloseable> T own(T resource) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    pools.forEach(ExecutorService::shutdownNow);
  }

  @Override
  public MetricRegistry metrics() {
    return new MetricRegistry() {
      @Override
      public Counter counter(String name, String help, String... labelNames) {
        throw new UnsupportedOperationException();
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
        gauges.put(name, value);
      }

      @Override
      public Distribution histogram(String name, String help, double[] bounds, String... labels) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Distribution summary(String name, String help, double[] q, String... labels) {
        return new Summary(name);
      }
    };
  }

  private final class Summary implements Distribution {
    private final String name;

    Summary(String name) {
      this.name = name;
    }

    @Override
    public void observe(double value) {
      observations.computeIfAbsent(name, n -> new LongAdder()).increment();
    }

    @Override
    public Distribution labels(String... values) {
      return new Summary(name + List.of(values));
    }
  }
}
