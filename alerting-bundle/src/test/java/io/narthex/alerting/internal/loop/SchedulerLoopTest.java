package io.narthex.alerting.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.alerting.internal.FakeLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerLoopTest {
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final SchedulerLoop loop = new SchedulerLoop(scheduler, new FakeLoop());

  @AfterEach
  void end() {
    scheduler.shutdownNow();
  }

  @Test
  void aTaskThatFailsDoesNotDisturbTheNext() throws Exception {
    CountDownLatch done = new CountDownLatch(2);
    loop.run(
        () -> {
          throw new IllegalStateException("broken");
        });
    loop.run(done::countDown);
    loop.runAfter(Duration.ofMillis(1), done::countDown);

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCanceledTaskDoesNotRun() throws Exception {
    AtomicBoolean ran = new AtomicBoolean();
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    loop.run(
        () -> {
          try {
            blocked.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    loop.runAfter(Duration.ZERO, () -> ran.set(true)).cancel();
    loop.run(done::countDown);
    blocked.countDown();

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).isFalse();
  }

  @Test
  void afterItsEndTasksAreThrownAway() {
    scheduler.shutdownNow();

    loop.run(() -> {});
    loop.runAfter(Duration.ofSeconds(1), () -> {}).cancel();
    assertThat(loop.nanoTime()).isZero();
  }
}
