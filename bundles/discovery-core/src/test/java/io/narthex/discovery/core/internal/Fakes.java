package io.narthex.discovery.core.internal;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.target.TargetPool;
import io.narthex.api.target.TargetRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** Stand-ins for what the runtime gives. */
final class Fakes {
  private Fakes() {}

  static ServerFlags flags(Map<String, String> values) {
    return (ServerFlags)
        Proxy.newProxyInstance(
            ServerFlags.class.getClassLoader(),
            new Class<?>[] {ServerFlags.class},
            (self, method, arguments) ->
                method.isDefault()
                    ? java.lang.reflect.InvocationHandler.invokeDefault(self, method, arguments)
                    : values.get((String) arguments[0]));
  }

  static final class FakeConfiguration implements CurrentConfiguration {
    private final List<Consumer<PrometheusConfig>> listeners = new ArrayList<>();
    private Optional<PrometheusConfig> current = Optional.empty();

    @Override
    public Optional<PrometheusConfig> get() {
      return current;
    }

    @Override
    public void publish(PrometheusConfig configuration) {
      current = Optional.of(configuration);
      listeners.forEach(l -> l.accept(configuration));
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

  static final class FakeRegistry implements TargetRegistry {
    private final Map<String, List<TargetPool>> pools = new HashMap<>();
    int publications;

    @Override
    public void publish(String publisher, List<TargetPool> published) {
      publications++;
      pools.put(publisher, List.copyOf(published));
    }

    @Override
    public Map<String, List<TargetPool>> pools() {
      return Map.copyOf(pools);
    }

    @Override
    public Subscription subscribe(Consumer<List<TargetPool>> listener) {
      throw new UnsupportedOperationException();
    }
  }

  /** A scope whose metrics can be read, and that closes what it owns. */
  static final class FakeScope implements BundleScope, MetricRegistry {
    final Map<String, Double> values = new HashMap<>();
    private final List<AutoCloseable> owned = new ArrayList<>();

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

    @Override
    public Counter counter(String name, String help, String... labelNames) {
      return new Value(values, name);
    }

    @Override
    public Gauge gauge(String name, String help, String... labelNames) {
      return new Value(values, name);
    }

    @Override
    public Distribution summary(
        String name, String help, double[] quantiles, String... labelNames) {
      return new Value(values, name);
    }

    @Override
    public Distribution histogram(
        String name, String help, double[] upperBounds, String... labelNames) {
      throw new UnsupportedOperationException();
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
    public MetricRegistry metrics() {
      return this;
    }

    @Override
    public ExecutorService pool(String name, int threads, int queueCapacity) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledExecutorService scheduler(String name) {
      throw new UnsupportedOperationException();
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

    void close() throws Exception {
      for (AutoCloseable resource : owned) {
        resource.close();
      }
    }
  }
}
