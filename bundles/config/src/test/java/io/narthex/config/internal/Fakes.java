package io.narthex.config.internal;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Stand-ins for what the runtime gives. */
final class Fakes {
  private Fakes() {}

  record FixedClock(long wallMillis) implements Clock {
    @Override
    public long monotonicNanos() {
      return wallMillis * 1_000_000;
    }
  }

  record FakeFlags(String configFile, List<String> listen) implements ServerFlags {
    @Override
    public String get(String name) {
      throw new IllegalArgumentException(name);
    }

    @Override
    public Optional<String> find(String name) {
      return name.equals("config.file") && !configFile.isEmpty()
          ? Optional.of(configFile)
          : Optional.empty();
    }

    @Override
    public List<String> all(String name) {
      if (!name.equals("web.listen-address")) {
        throw new IllegalArgumentException(name);
      }
      return listen;
    }

    @Override
    public boolean isOn(String name) {
      throw new IllegalArgumentException(name);
    }

    @Override
    public Path dataDirectory() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path home() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String narthexVersion() {
      return "0";
    }

    @Override
    public String upstreamVersion() {
      return "3.14.0";
    }
  }

  static final class FakeConfiguration implements CurrentConfiguration {
    private Optional<PrometheusConfig> current = Optional.empty();

    @Override
    public Optional<PrometheusConfig> get() {
      return current;
    }

    @Override
    public void publish(PrometheusConfig configuration) {
      current = Optional.of(configuration);
    }

    @Override
    public Subscription subscribe(Consumer<PrometheusConfig> listener) {
      throw new UnsupportedOperationException();
    }
  }

  /** A framework that only knows how to stop. */
  static final class FakeFramework {
    boolean stopped;

    BundleContext context() {
      Bundle system =
          proxy(
              Bundle.class,
              (method, arguments) -> {
                stopped = method.equals("stop");
                return null;
              });
      return proxy(
          BundleContext.class, (method, arguments) -> method.equals("getBundle") ? system : null);
    }

    private static <T> T proxy(Class<T> type, Call call) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) -> call.invoke(method.getName(), arguments)));
    }

    private interface Call {
      Object invoke(String method, Object[] arguments);
    }
  }

  /** A scope that only has gauges. */
  static final class FakeScope implements BundleScope {
    final Map<String, Double> gauges = new HashMap<>();

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
      throw new UnsupportedOperationException();
    }

    @Override
    public MetricRegistry metrics() {
      return (MetricRegistry)
          Proxy.newProxyInstance(
              MetricRegistry.class.getClassLoader(),
              new Class<?>[] {MetricRegistry.class},
              (self, method, arguments) -> gauge((String) arguments[0]));
    }

    private Gauge gauge(String name) {
      return new Gauge() {
        @Override
        public void set(double value) {
          gauges.put(name, value);
        }

        @Override
        public void add(double amount) {
          gauges.merge(name, amount, Double::sum);
        }

        @Override
        public Gauge labels(String... values) {
          return this;
        }
      };
    }
  }
}
