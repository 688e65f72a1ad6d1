package io.narthex.config.internal;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.metrics.Gauge;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.notification.Notification;
import io.narthex.api.notification.Notifications;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.time.Clock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.ComponentServiceObjects;

/** Stand-ins for what the runtime gives. */
final class Fakes {
  private Fakes() {}

  record FixedClock(long wallMillis) implements Clock {
    @Override
    public long monotonicNanos() {
      return wallMillis * 1_000_000;
    }
  }

  record FakeFlags(String configFile, List<String> listen, boolean autoReload)
      implements ServerFlags {
    FakeFlags(String configFile, List<String> listen) {
      this(configFile, listen, false);
    }

    @Override
    public String get(String name) {
      return find(name).orElseThrow(() -> new IllegalArgumentException(name));
    }

    @Override
    public Optional<String> find(String name) {
      return switch (name) {
        case "config.file" -> Optional.of(configFile).filter(file -> !file.isEmpty());
        case "storage.tsdb.retention.time" -> Optional.of("30d");
        case "config.auto-reload-interval" -> Optional.of("7s");
        default -> Optional.empty();
      };
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
      if (!name.equals("config.auto-reload")) {
        throw new IllegalArgumentException(name);
      }
      return autoReload;
    }

    @Override
    public SortedMap<String, String> listing() {
      return new TreeMap<>();
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
    final List<LoadAttempt> attempts = new ArrayList<>();

    /** Thrown when a configuration is published. */
    @Nullable Error failure;

    private Optional<PrometheusConfig> current = Optional.empty();

    @Override
    public Optional<PrometheusConfig> get() {
      return current;
    }

    @Override
    public void publish(PrometheusConfig configuration) {
      if (failure != null) {
        throw failure;
      }
      current = Optional.of(configuration);
    }

    @Override
    public void note(LoadAttempt attempt) {
      attempts.add(attempt);
    }

    @Override
    public Optional<LoadAttempt> lastAttempt() {
      return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
    }

    @Override
    public Subscription subscribe(Consumer<PrometheusConfig> listener) {
      throw new UnsupportedOperationException();
    }
  }

  static final class FakeNotifications implements Notifications {
    final Map<String, String> shown = new LinkedHashMap<>();

    @Override
    public void show(String id, String text) {
      shown.put(id, text);
    }

    @Override
    public void withdraw(String id) {
      shown.remove(id);
    }

    @Override
    public List<Notification> active() {
      return shown.entrySet().stream()
          .map(e -> new Notification(e.getKey(), e.getValue(), Instant.EPOCH))
          .toList();
    }
  }

  /** A framework that knows how to stop and which mechanisms its bundles declare. */
  static final class FakeFramework {
    boolean stopped;
    int state = Bundle.STARTING;
    final List<String> mechanisms = new ArrayList<>();

    BundleContext context() {
      Bundle system =
          proxy(
              Bundle.class,
              (method, arguments) -> {
                stopped |= method.equals("stop");
                return method.equals("getState") ? state : null;
              });
      return proxy(
          BundleContext.class,
          (method, arguments) ->
              switch (method) {
                case "getBundle" -> system;
                case "getBundles" ->
                    mechanisms.stream().map(FakeFramework::bundle).toArray(Bundle[]::new);
                default -> null;
              });
    }

    private static Bundle bundle(String mechanism) {
      BundleCapability capability =
          proxy(
              BundleCapability.class,
              (method, arguments) -> Map.of("kind", "discovery", "name", mechanism));
      BundleRevision revision =
          proxy(BundleRevision.class, (method, arguments) -> List.of(capability));
      return proxy(Bundle.class, (method, arguments) -> revision);
    }
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

  /** Runs tasks when told to. */
  static final class ManualExecutor extends AbstractExecutorService {
    final Deque<Runnable> tasks = new ArrayDeque<>();
    boolean down;

    void runAll() {
      while (!tasks.isEmpty()) {
        tasks.removeFirst().run();
      }
    }

    @Override
    public void execute(Runnable task) {
      if (down) {
        throw new RejectedExecutionException();
      }
      tasks.add(task);
    }

    @Override
    public void shutdown() {
      down = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      down = true;
      return List.copyOf(tasks);
    }

    @Override
    public boolean isShutdown() {
      return down;
    }

    @Override
    public boolean isTerminated() {
      return down;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  /** A scope with gauges, one pool, and a scheduler that notes its task. */
  static final class FakeScope implements BundleScope {
    final Map<String, Double> gauges = new HashMap<>();
    final ManualExecutor pool = new ManualExecutor();
    final List<Runnable> scheduled = new ArrayList<>();
    final List<Long> intervals = new ArrayList<>();

    @Override
    public ExecutorService pool(String name, int threads, int queueCapacity) {
      return pool;
    }

    @Override
    public ScheduledExecutorService scheduler(String name) {
      return proxy(
          ScheduledExecutorService.class,
          (method, arguments) -> {
            scheduled.add((Runnable) arguments[0]);
            intervals.add((Long) arguments[2]);
            return null;
          });
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
      return proxy(MetricRegistry.class, (method, arguments) -> gauge((String) arguments[0]));
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

  /** Calls at once, on the caller's thread. */
  static final class DirectGuard implements PluginGuard {
    int calls;

    @Override
    public <S, R> CompletableFuture<R> call(
        ComponentServiceObjects<S> plugin,
        String operation,
        Duration limit,
        PluginCall<S, R> call) {
      calls++;
      try {
        return CompletableFuture.completedFuture(call.apply(plugin.getService()));
      } catch (Exception e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  /** A service that is always there. */
  static <S> ComponentServiceObjects<S> service(S service) {
    return new ComponentServiceObjects<>() {
      @Override
      public S getService() {
        return service;
      }

      @Override
      public void ungetService(S given) {}

      @Override
      public ServiceReference<S> getServiceReference() {
        throw new UnsupportedOperationException();
      }
    };
  }
}
