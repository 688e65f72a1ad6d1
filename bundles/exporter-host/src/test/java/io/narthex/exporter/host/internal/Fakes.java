package io.narthex.exporter.host.internal;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleSettings;
import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.guard.GuardErrors;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.metrics.Counter;
import io.narthex.api.metrics.Distribution;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.model.Labels;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.target.Target;
import io.narthex.api.target.TargetPool;
import io.narthex.api.target.TargetRegistry;
import io.narthex.spi.exporter.Exporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** The services around the host, as small as they can be. */
final class Fakes {
  private Fakes() {}

  /** Calls on a thread of its own, as the real one does, and wraps what is thrown. */
  static final class Guard implements PluginGuard {
    @Override
    public <S, R> CompletableFuture<R> call(
        ComponentServiceObjects<S> plugin,
        String operation,
        Duration limit,
        PluginCall<S, R> call) {
      return CompletableFuture.supplyAsync(
          () -> {
            S service = plugin.getService();
            try {
              return call.apply(service);
            } catch (Exception e) {
              throw new NarthexException(
                  GuardErrors.FAILED, "collect failed: " + e.getMessage(), e);
            } finally {
              plugin.ungetService(service);
            }
          });
    }
  }

  static final class Registry implements TargetRegistry {
    final List<List<Target>> published = new ArrayList<>();

    @Override
    public void publish(String publisher, List<TargetPool> pools) {
      if (!publisher.equals("exporters")) {
        throw new AssertionError(publisher);
      }
      published.add(pools.stream().flatMap(pool -> pool.targets().stream()).toList());
    }

    List<Target> last() {
      return published.getLast();
    }

    @Override
    public Map<String, List<TargetPool>> pools() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Subscription subscribe(Consumer<List<TargetPool>> listener) {
      throw new UnsupportedOperationException();
    }
  }

  static final class Configuration implements CurrentConfiguration {
    private final List<Consumer<PrometheusConfig>> listeners = new ArrayList<>();
    private Optional<PrometheusConfig> current = Optional.empty();

    void interval(Duration interval) {
      publish(
          new PrometheusConfig(
              "test",
              new GlobalConfig(interval, Duration.ofSeconds(1), interval, Labels.EMPTY),
              List.of(),
              RuleSettings.NONE,
              0,
              0,
              ""));
    }

    @Override
    public Optional<PrometheusConfig> get() {
      return current;
    }

    @Override
    public void publish(PrometheusConfig configuration) {
      current = Optional.of(configuration);
      listeners.forEach(listener -> listener.accept(configuration));
    }

    @Override
    public void note(LoadAttempt attempt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LoadAttempt> lastAttempt() {
      return Optional.empty();
    }

    @Override
    public Subscription subscribe(Consumer<PrometheusConfig> listener) {
      listeners.add(listener);
      current.ifPresent(listener);
      return () -> listeners.remove(listener);
    }
  }

  record Flags(String listenAddress) implements ServerFlags {
    @Override
    public List<String> all(String name) {
      if (!name.equals("web.listen-address")) {
        throw new AssertionError(name);
      }
      return List.of(listenAddress, "0.0.0.0:1");
    }

    @Override
    public String get(String name) {
      throw new AssertionError(name);
    }

    @Override
    public Optional<String> find(String name) {
      throw new AssertionError(name);
    }

    @Override
    public boolean isOn(String name) {
      throw new AssertionError(name);
    }

    @Override
    public SortedMap<String, String> listing() {
      throw new AssertionError();
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
      throw new UnsupportedOperationException();
    }

    @Override
    public String upstreamVersion() {
      throw new UnsupportedOperationException();
    }
  }

  static final class Scope implements BundleScope, MetricRegistry {
    final Map<String, DoubleSupplier> gauges = new HashMap<>();
    final List<AutoCloseable> owned = new ArrayList<>();

    void close() throws Exception {
      for (AutoCloseable resource : owned) {
        resource.close();
      }
    }

    @Override
    public void gauge(String name, String help, DoubleSupplier value) {
      gauges.put(name, value);
    }

    @Override
    public MetricRegistry metrics() {
      return this;
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      owned.add(resource);
      return resource;
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
    public Distribution histogram(
        String name, String help, double[] upperBounds, String... labelNames) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Distribution summary(
        String name, String help, double[] quantiles, String... labelNames) {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * Service objects that fail the test when the service is obtained on the thread that bound it.
   */
  record Objects(Exporter exporter, Thread binder) implements ComponentServiceObjects<Exporter> {
    static Objects of(Exporter exporter) {
      return new Objects(exporter, Thread.currentThread());
    }

    @Override
    public Exporter getService() {
      if (Thread.currentThread() == binder) {
        throw new AssertionError("an exporter was obtained outside the guard");
      }
      return exporter;
    }

    @Override
    public void ungetService(Exporter service) {}

    @Override
    public ServiceReference<Exporter> getServiceReference() {
      throw new UnsupportedOperationException();
    }
  }
}
