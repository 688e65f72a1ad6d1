package io.narthex.alerting.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.api.guard.GuardErrors;
import io.narthex.api.guard.PluginGuard;
import io.narthex.spi.state.KeyedLog;
import io.narthex.spi.state.KeyedLogStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;

class StateLogsTest {
  private final List<String> closed = new ArrayList<>();
  private int inUse;

  private final ComponentServiceObjects<KeyedLogStore> stores =
      new ComponentServiceObjects<>() {
        @Override
        public KeyedLogStore getService() {
          inUse++;
          return name ->
              (KeyedLog)
                  Proxy.newProxyInstance(
                      KeyedLog.class.getClassLoader(),
                      new Class<?>[] {KeyedLog.class},
                      (proxy, method, arguments) ->
                          switch (method.getName()) {
                            case "close" -> closed.add(name);
                            case "equals" -> proxy == arguments[0];
                            case "hashCode" -> 1;
                            default -> name;
                          });
        }

        @Override
        public void ungetService(KeyedLogStore service) {
          inUse--;
        }

        @Override
        public ServiceReference<KeyedLogStore> getServiceReference() {
          throw new IllegalStateException("nobody asks");
        }
      };

  /** A guard whose call is over its limit: before the store answers, or in the moment it does. */
  private final class SlowGuard implements PluginGuard {
    private final boolean answersFirst;
    private Runnable answer = () -> {};

    SlowGuard(boolean answersFirst) {
      this.answersFirst = answersFirst;
    }

    @Override
    public <S, R> CompletableFuture<R> call(
        ComponentServiceObjects<S> plugin,
        String operation,
        Duration limit,
        PluginCall<S, R> call) {
      answer =
          () -> {
            S service = plugin.getService();
            try {
              call.apply(service);
            } catch (Exception e) {
              throw new AssertionError(e);
            } finally {
              plugin.ungetService(service);
            }
          };
      if (answersFirst) {
        answer.run();
      }
      return CompletableFuture.failedFuture(new NarthexException(GuardErrors.TIMEOUT, "slow"));
    }
  }

  @Test
  void logThatComesTooLateIsClosedAgain() {
    SlowGuard guard = new SlowGuard(false);
    StateLogs logs = new StateLogs(guard, stores);

    assertThatThrownBy(() -> logs.open("late")).isInstanceOf(NarthexException.class);
    guard.answer.run();

    assertThat(closed).containsExactly("late");
    assertThat(inUse).isZero();
  }

  @Test
  void logThatCameInTheLastMomentIsUsed() {
    StateLogs logs = new StateLogs(new SlowGuard(true), stores);

    assertThat(logs.open("just")).hasToString("just");
    assertThat(inUse).as("the store is held").isEqualTo(1);
    logs.close();

    assertThat(closed).containsExactly("just");
    assertThat(inUse).isZero();
  }
}
