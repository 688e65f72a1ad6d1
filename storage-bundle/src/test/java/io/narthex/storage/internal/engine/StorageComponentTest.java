package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.api.flags.ServerFlags;
import io.narthex.api.guard.PluginGuard;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogStore;
import io.narthex.storage.internal.log.InMemoryLogStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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

  @AfterEach
  void closeScope() {
    scope.close();
  }

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
        fake(ServerFlags.class, (method, args) -> Duration.ofDays(15)),
        clock,
        scope,
        new DirectGuard(),
        fake(
            ComponentServiceObjects.class,
            (method, args) -> method.equals("getService") ? used : null));
  }

  @Test
  void aRetentionOfZeroIsTheDefault() {
    assertThat(StorageComponent.retentionMillis(Duration.ZERO)).isEqualTo(15 * 86_400_000L);
    assertThat(StorageComponent.retentionMillis(Duration.ofHours(1))).isEqualTo(3_600_000L);
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
    assertThat(scope.value("narthex_head_bytes")).isBetween(200.0, 5000.0);
    again.stop();
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
