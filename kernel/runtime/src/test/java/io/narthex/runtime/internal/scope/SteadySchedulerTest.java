package io.narthex.runtime.internal.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SteadySchedulerTest {
  @Test
  void aPeriodicTaskThatThrowsGoesOn() throws Exception {
    CountDownLatch runs = new CountDownLatch(3);
    try (SteadyScheduler scheduler =
        new SteadyScheduler(new NamedThreads("t", getClass().getClassLoader()))) {
      scheduler.scheduleWithFixedDelay(
          () -> {
            runs.countDown();
            throw new IllegalStateException("each time");
          },
          0,
          1,
          TimeUnit.MILLISECONDS);
      assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
      scheduler.shutdownNow();
    }
  }
}
