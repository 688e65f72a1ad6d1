package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.CurrentConfiguration;
import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.LoadAttempt;
import io.narthex.api.config.PrometheusConfig;
import io.narthex.api.config.RuleSettings;
import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.model.Labels;
import io.narthex.api.notification.Notifications;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarOutcome;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogStore;
import io.narthex.tck.log.InMemoryLogStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentServiceObjects;

/** The component's life: starting, replaying, there, gone. */
class StorageComponentTest {
  private final FakeScope scope = new FakeScope();
  private final TestClock clock = new TestClock();
  private final AtomicReference<Storage> registered = new AtomicReference<>();
  private InMemoryLogStore store = new InMemoryLogStore();
  private LogStore used = store;
  private String headBytes = "";
  private String features = "";
  private final FakeConfiguration configuration = new FakeConfiguration();

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @TempDir Path folder;

  private StorageComponent start() {
    return new StorageComponent(
        fake(
            BundleContext.class,
            (method, args) -> {
              registered.set((Storage) args[1]);
              return fake(
                  ServiceRegistration.class,
                  (of, none) -> {
                    registered.set(null);
                    return null;
                  });
            }),
        fake(
            ServerFlags.class,
            (method, args) ->
                switch (method) {
                  case "duration" -> Duration.ofDays(15);
                  case "find" -> Optional.of(headBytes);
                  case "all" -> List.of(features);
                  case "get" -> folder.toString();
                  default -> throw new AssertionError(method);
                }),
        configuration,
        clock,
        scope,
        new DirectGuard(),
        fake(
            ComponentServiceObjects.class,
            (method, args) -> method.equals("getService") ? used : null));
  }

  /** Tells one subscriber. */
  private static final class FakeConfiguration implements CurrentConfiguration {
    private static final GlobalConfig GLOBAL =
        new GlobalConfig(
            Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofMinutes(1), Labels.EMPTY);

    private Optional<PrometheusConfig> current = Optional.empty();
    private @Nullable Consumer<PrometheusConfig> subscriber;

    void publishMaxExemplars(long max) {
      publish(max, 0);
    }

    void publish(long maxExemplars, long window) {
      publish(
          new PrometheusConfig(
              "test", GLOBAL, List.of(), RuleSettings.NONE, maxExemplars, window, ""));
    }

    @Override
    public Optional<PrometheusConfig> get() {
      return current;
    }

    @Override
    public void publish(PrometheusConfig configuration) {
      current = Optional.of(configuration);
      if (subscriber != null) {
        subscriber.accept(configuration);
      }
    }

    @Override
    public void note(LoadAttempt attempt) {}

    @Override
    public Optional<LoadAttempt> lastAttempt() {
      return Optional.empty();
    }

    @Override
    public Subscription subscribe(Consumer<PrometheusConfig> listener) {
      subscriber = listener;
      current.ifPresent(listener);
      return () -> subscriber = null;
    }
  }

  private interface Answer {
    Object answer(String method, Object[] args);
  }

  @SuppressWarnings("unchecked")
  private static <T> T fake(Class<?> type, Answer answer) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> answer.answer(method.getName(), args));
  }

  private static final class DirectGuard implements PluginGuard {
    @Override
    public <S, R> CompletableFuture<R> call(
        ComponentServiceObjects<S> plugin,
        String operation,
        Duration limit,
        PluginCall<S, R> call) {
      try {
        return CompletableFuture.completedFuture(call.apply(plugin.getService()));
      } catch (Exception e) {
        return CompletableFuture.failedFuture(e);
      }
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited 20 s").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private void commit(Storage storage, double value) {
    clock.advance(1);
    try (Appender appender = storage.appender(new AppendSource("a", "b"))) {
      appender.append(appender.slot(Labels.of("n", "a")), clock.wallMillis(), value);
      appender.commit();
    }
  }

  @Test
  void serviceIsThereOnceReplayedAndGoneWhenStopped() {
    StorageComponent component = start();
    assertThat(component.part()).isEqualTo("storage");
    await(() -> component.notReady().isEmpty());
    Storage storage = registered.get();
    commit(storage, 1);
    component.stop();

    assertThat(registered.get()).isNull();
    assertThatThrownBy(() -> storage.querier(0, 1))
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(StorageErrors.STOPPED));

    store = store.next();
    used = store;
    StorageComponent again = start();
    await(() -> again.notReady().isEmpty());
    commit(registered.get(), 2);
    assertThat(scope.value("prometheus_tsdb_head_series")).isEqualTo(1);
    assertThat(scope.value("prometheus_tsdb_head_chunks")).isEqualTo(1);
    assertThat(scope.value("prometheus_tsdb_head_samples_appended_total")).isEqualTo(1);
    assertThat(scope.value("prometheus_tsdb_head_max_time")).isEqualTo(clock.wallMillis());
    assertThat(scope.value("prometheus_tsdb_head_min_time")).isEqualTo(clock.wallMillis() - 1);
    assertThat(scope.value("narthex_log_samples_total")).isEqualTo(1);
    assertThat(scope.value("narthex_log_bytes_total")).isPositive();
    assertThat(scope.value("narthex_head_counted_bytes")).isBetween(200.0, 5000.0);
    again.stop();
  }

  @Test
  void exemplarsAreKeptOnlyIfTheFeatureIsOnAndAsManyAsConfigured() {
    StorageComponent off = start();
    await(() -> off.notReady().isEmpty());
    assertThat(exemplarOutcome(1)).isEqualTo(ExemplarOutcome.NOT_KEPT);
    configuration.publishMaxExemplars(5);
    assertThat(exemplarOutcome(2)).isEqualTo(ExemplarOutcome.NOT_KEPT);
    off.stop();

    features = "promql-experimental-functions, exemplar-storage";
    store = store.next();
    used = store;
    StorageComponent on = start();
    await(() -> on.notReady().isEmpty());
    for (int i = 0; i < 9; i++) {
      assertThat(exemplarOutcome(i)).isEqualTo(ExemplarOutcome.ACCEPTED);
    }
    assertThat(scope.value("prometheus_tsdb_exemplar_max_exemplars")).isEqualTo(5);
    assertThat(scope.value("prometheus_tsdb_exemplar_exemplars_in_storage")).isEqualTo(5);
    assertThat(scope.value("prometheus_tsdb_exemplar_exemplars_appended_total")).isEqualTo(9);
    assertThat(scope.value("prometheus_tsdb_exemplar_series_with_exemplars_in_storage"))
        .isEqualTo(1);
    assertThat(scope.value("prometheus_tsdb_exemplar_last_exemplars_timestamp_seconds"))
        .isEqualTo((clock.wallMillis() - 4) / 1000.0);
    configuration.publishMaxExemplars(2);
    assertThat(scope.value("prometheus_tsdb_exemplar_exemplars_in_storage")).isEqualTo(2);
    configuration.publishMaxExemplars(0);
    assertThat(exemplarOutcome(1)).isEqualTo(ExemplarOutcome.NOT_KEPT);
    on.stop();
    configuration.publishMaxExemplars(7);
    assertThat(scope.value("prometheus_tsdb_exemplar_max_exemplars")).as("unsubscribed").isZero();
  }

  @Test
  void samplesComeOutOfOrderAsMuchAsConfigured() {
    StorageComponent component = start();
    await(() -> component.notReady().isEmpty());
    commit(registered.get(), 1);
    assertThat(lateOutcome(5)).isEqualTo(AppendOutcome.OUT_OF_ORDER);
    configuration.publish(0, 10);
    assertThat(lateOutcome(10)).isEqualTo(AppendOutcome.ACCEPTED);
    assertThat(lateOutcome(11)).isEqualTo(AppendOutcome.TOO_OLD);
    assertThat(scope.value("prometheus_tsdb_head_out_of_order_samples_appended_total"))
        .isEqualTo(1);
    assertThat(scope.value("prometheus_tsdb_too_old_samples_total")).isEqualTo(1);
    assertThat(scope.value("prometheus_tsdb_out_of_order_samples_total")).isEqualTo(1);
    component.stop();

    store = store.next();
    used = store;
    StorageComponent again = start();
    await(() -> again.notReady().isEmpty());
    assertThat(lateOutcome(9))
        .as("the configuration was there before")
        .isEqualTo(AppendOutcome.ACCEPTED);
    again.stop();
  }

  private AppendOutcome lateOutcome(long before) {
    try (Appender appender = registered.get().appender(new AppendSource("a", "b"))) {
      AppendOutcome outcome =
          appender.append(appender.slot(Labels.of("n", "a")), clock.wallMillis() - before, before);
      appender.commit();
      return outcome;
    }
  }

  private ExemplarOutcome exemplarOutcome(double value) {
    commit(registered.get(), value);
    try (Appender appender = registered.get().appender(new AppendSource("a", "b"))) {
      Exemplar exemplar = new Exemplar(Labels.EMPTY, value, clock.wallMillis());
      ExemplarOutcome outcome = appender.exemplar(appender.slot(Labels.of("n", "a")), exemplar);
      appender.commit();
      return outcome;
    }
  }

  @Test
  void fullHeadIsNotifiedWhoeverShowsIt() {
    headBytes = "1MB";
    StorageComponent component = start();
    await(() -> component.notReady().isEmpty());
    assertThat(scope.value("narthex_head_limit_bytes")).isEqualTo(1 << 20);
    Map<String, String> shown = new ConcurrentHashMap<>();
    Notifications notifications = new ShownNotifications(shown);
    component.bindNotifications(notifications);
    try (Appender appender = registered.get().appender(new AppendSource("a", "b"))) {
      for (int i = 0; i < 5000; i++) {
        Labels labels = Labels.of("n", "name" + i);
        try {
          appender.slot(labels);
        } catch (NarthexException e) {
          assertThat(e.code()).isEqualTo(StorageErrors.SERIES_LIMIT);
        }
      }
      await(() -> shown.containsKey(HeadWatch.REFUSING));
      assertThat(scope.value("narthex_head_refused_series_total")).isPositive();
      assertThat(scope.value("narthex_head_counted_bytes")).isBetween(5e5, 6e5);
    }
    assertThat(scope.value("narthex_head_counted_bytes")).as("slots given back").isZero();
    component.stop();
    assertThat(shown).isEmpty();
  }

  @Test
  void badSizeOfTheHeadIsRefused() {
    headBytes = "lots";
    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--storage.head.max-bytes: \"lots\" is not a size; a number and one of B, KB, MB, GB,"
                + " TB, PB, EB is, for example 512MB");
  }

  @Test
  void logThatCannotBeOpenedIsTheReason() {
    used =
        name -> {
          throw new NarthexException(LogErrors.OPEN, "the disk is gone");
        };
    StorageComponent component = start();
    await(() -> component.notReady().orElse("").startsWith("could not start"));

    assertThat(component.notReady()).contains("could not start: the disk is gone");
    assertThat(registered.get()).isNull();
    component.stop();
  }

  @Test
  void stopWhileOpeningRegistersNothingAndClosesTheLog() throws InterruptedException {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    used =
        name -> {
          opening.countDown();
          try {
            goOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return store.open(name);
        };
    StorageComponent component = start();
    opening.await();
    assertThat(component.notReady()).contains("opening the log");
    Thread stopper = Thread.ofPlatform().start(component::stop);
    goOn.countDown();
    stopper.join();

    assertThat(registered.get()).isNull();
    store.open("samples").close();
  }
}
