package io.narthex.runtime.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.log.LogLevel;
import org.slf4j.event.Level;

class ProcessEndTest {
  private final AtomicInteger stops = new AtomicInteger();
  private int state = Bundle.STARTING;
  private final BundleContext context = context();

  @AfterEach
  void forget() {
    System.clearProperty("narthex.exit.code");
    System.clearProperty("narthex.exit.reason");
  }

  @Test
  void theFirstFailureEndsTheProcessAndIsTheReason() {
    assertThat(ProcessEnd.isUnderWay(context)).isFalse();
    ProcessEnd end = new ProcessEnd(context);

    end.fail("address :9090 is in use");
    end.fail("another");

    assertThat(stops).hasValue(1);
    assertThat(System.getProperty("narthex.exit.code")).isEqualTo("1");
    assertThat(System.getProperty("narthex.exit.reason")).isEqualTo("address :9090 is in use");
    assertThat(ProcessEnd.isUnderWay(context)).as("though the framework still starts").isTrue();
  }

  @ParameterizedTest
  @CsvSource({"STARTING, 8, false", "ACTIVE, 32, false", "STOPPING, 16, true"})
  void aFrameworkThatStopsIsAnEnd(String name, int frameworkState, boolean ends) {
    state = frameworkState;

    assertThat(ProcessEnd.isUnderWay(context)).as(name).isEqualTo(ends);
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, false, ERROR",
    "WARN, false, WARN",
    "INFO, false, DEBUG",
    "DEBUG, false, TRACE",
    "ERROR, true, DEBUG",
    "WARN, true, DEBUG",
    "INFO, true, DEBUG",
    "DEBUG, true, TRACE",
  })
  void complaintsOfComponentsAreQuietThen(LogLevel given, boolean ending, Level logged) {
    assertThat(OsgiLogBridge.level(given, ending)).isEqualTo(logged);
  }

  private BundleContext context() {
    Bundle framework =
        proxy(
            Bundle.class,
            method -> {
              if (method.equals("stop")) {
                stops.incrementAndGet();
              }
              return method.equals("getState") ? state : null;
            });
    return proxy(BundleContext.class, method -> method.equals("getBundle") ? framework : null);
  }

  private static <T> T proxy(Class<T> type, Function<String, Object> call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.apply(method.getName())));
  }
}
