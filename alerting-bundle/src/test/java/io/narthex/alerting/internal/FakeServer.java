package io.narthex.alerting.internal;

import io.narthex.api.cluster.Ownership;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.metrics.MetricRegistry;
import io.narthex.api.notification.Notification;
import io.narthex.api.notification.Notifications;
import io.narthex.api.scope.BundleScope;
import io.narthex.api.template.TemplateEngine;
import io.narthex.spi.state.KeyedLog;
import io.narthex.spi.state.KeyedLogStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

/** What the component finds around it; it outlives components, as a process does. */
final class FakeServer {
  final FakeLoop clock = new FakeLoop();
  final Map<String, FakeKeyedLog> logs = new ConcurrentHashMap<>();
  final Map<String, String> shown = new ConcurrentHashMap<>();
  final Map<String, String> flags = new ConcurrentHashMap<>();
  FakeMetrics metrics = new FakeMetrics();
  volatile boolean stopped;
  int held;

  private final List<Object> registered = new ArrayList<>();
  private Optional<Scope> scope = Optional.empty();
  private Optional<AlertmanagerComponent> component = Optional.empty();

  @SuppressWarnings("unchecked")
  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  /** Starts the component as declarative services do. */
  AlertmanagerComponent start() {
    metrics = new FakeMetrics();
    Scope made = new Scope();
    scope = Optional.of(made);
    AlertmanagerComponent started =
        new AlertmanagerComponent(
            flags(),
            new FakeGuard(clock),
            proxy(Ownership.class, (self, method, arguments) -> true),
            engine(),
            clock,
            stores(),
            made,
            context());
    started.bindNotifications(notifications());
    started.start();
    component = Optional.of(started);
    return started;
  }

  void stop() throws Exception {
    component.ifPresent(AlertmanagerComponent::stop);
    if (scope.isPresent()) {
      scope.get().close();
    }
  }

  private ServerFlags flags() {
    return proxy(
        ServerFlags.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "find" -> Optional.ofNullable(flags.get((String) arguments[0]));
              case "all" -> List.of("0.0.0.0:9090");
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static TemplateEngine engine() {
    return (dialect, sources) -> Scenario.NO_TEMPLATES;
  }

  private Notifications notifications() {
    return new Notifications() {
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
        throw new UnsupportedOperationException();
      }
    };
  }

  private ComponentServiceObjects<KeyedLogStore> stores() {
    KeyedLogStore store = this::open;
    return new ComponentServiceObjects<>() {
      @Override
      public KeyedLogStore getService() {
        held++;
        return store;
      }

      @Override
      public void ungetService(KeyedLogStore service) {
        held--;
      }

      @Override
      public ServiceReference<KeyedLogStore> getServiceReference() {
        throw new UnsupportedOperationException();
      }
    };
  }

  private KeyedLog open(String name) {
    return logs.computeIfAbsent(name, each -> new FakeKeyedLog());
  }

  private BundleContext context() {
    BundleContext[] context = new BundleContext[1];
    Bundle framework =
        proxy(
            Bundle.class,
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "getBundleContext" -> {
                  return context[0];
                }
                case "stop" -> {
                  stopped = true;
                  return null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
              }
            });
    ServiceReference<?> reference =
        proxy(ServiceReference.class, (self, method, arguments) -> self.getClass());
    context[0] =
        proxy(
            BundleContext.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getBundle" -> framework;
                  case "getBundles" -> new Bundle[0];
                  case "getServiceReferences" ->
                      registered.isEmpty() ? List.of() : List.of(reference);
                  case "getService" -> registered.getFirst();
                  case "registerService" -> {
                    registered.add(arguments[1]);
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
    return context[0];
  }

  /** A scope with threads of its own. */
  private final class Scope implements BundleScope {
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    @Override
    public ExecutorService pool(String name, int threads, int queueCapacity) {
      return own(Executors.newFixedThreadPool(threads));
    }

    @Override
    public ScheduledExecutorService scheduler(String name) {
      ScheduledExecutorService made = Executors.newSingleThreadScheduledExecutor();
      own((AutoCloseable) made::shutdownNow);
      return made;
    }

    @Override
    public Thread thread(String name, Runnable body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MetricRegistry metrics() {
      return metrics;
    }

    @Override
    public <T extends AutoCloseable> T own(T resource) {
      owned.push(resource);
      return resource;
    }

    void close() throws Exception {
      while (!owned.isEmpty()) {
        owned.pop().close();
      }
    }
  }
}
