package io.narthex.discovery.core.internal;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.target.Target;
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

/** Stand-ins for what the runtime gives. */
final class Fakes {
  private Fakes() {}

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
    public Subscription subscribe(Consumer<PrometheusConfig> listener) {
      listeners.add(listener);
      current.ifPresent(listener);
      return () -> listeners.remove(listener);
    }
  }

  static final class FakeRegistry implements TargetRegistry {
    final Map<String, List<Target>> published = new HashMap<>();

    @Override
    public void publish(String publisher, List<Target> targets) {
      published.put(publisher, List.copyOf(targets));
    }

    @Override
    public Map<String, List<Target>> targets() {
      return published;
    }

    @Override
    public Subscription subscribe(Consumer<List<Target>> listener) {
      throw new UnsupportedOperationException();
    }
  }

  /** A scope that has one counter and closes what it owns. */
  static final class FakeScope implements BundleScope, AutoCloseable {
    double counted;
    private final List<AutoCloseable> owned = new ArrayList<>();

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
    public MetricRegistry metrics() {
      Counter counter =
          new Counter() {
            @Override
            public void add(double amount) {
              counted += amount;
            }

            @Override
            public Counter labels(String... values) {
              return this;
            }
          };
      return (MetricRegistry)
          Proxy.newProxyInstance(
              MetricRegistry.class.getClassLoader(),
              new Class<?>[] {MetricRegistry.class},
              (self, method, arguments) -> counter);
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      owned.add(resource);
      return resource;
    }

    @Override
    public void close() throws Exception {
      for (AutoCloseable resource : owned) {
        resource.close();
      }
    }
  }
}
