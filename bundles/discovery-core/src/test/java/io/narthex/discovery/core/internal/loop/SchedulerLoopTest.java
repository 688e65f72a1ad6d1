package io.narthex.discovery.core.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.narthex.api.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerLoopTest {
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final Loop loop = new SchedulerLoop(scheduler, new SystemClock());

  private static final class SystemClock implements Clock {
    @Override
    public long wallMillis() {
      return System.currentTimeMillis();
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }

  @AfterEach
  void end() {
    scheduler.shutdownNow();
  }

  @Test
  void aTaskThatThrowsDoesNotEndTheOthers() throws Exception {
    CompletableFuture<String> ran = new CompletableFuture<>();
    loop.run(
        () -> {
          throw new IllegalStateException("once");
        });
    loop.runAfter(Duration.ofMillis(1), () -> ran.complete("yes"));

    assertThat(ran.get(10, TimeUnit.SECONDS)).isEqualTo("yes");
  }

  @Test
  void aTaskThatIsGivenUpDoesNotRun() throws Exception {
    CompletableFuture<String> ran = new CompletableFuture<>();
    loop.runAfter(Duration.ofMillis(20), () -> ran.complete("given up")).cancel();
    loop.runAfter(Duration.ofMillis(50), () -> ran.complete("later"));

    assertThat(ran.get(10, TimeUnit.SECONDS)).isEqualTo("later");
  }

  @Test
  void afterItsEndTasksAreThrownAway() {
    scheduler.shutdownNow();

    assertThatCode(
            () -> {
              loop.run(() -> {});
              loop.runAfter(Duration.ofMillis(1), () -> {}).cancel();
            })
        .doesNotThrowAnyException();
  }
}
