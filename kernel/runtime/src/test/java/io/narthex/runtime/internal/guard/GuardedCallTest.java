package io.narthex.runtime.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardedCallTest {
  private final AtomicInteger lateReturns = new AtomicInteger();

  @Test
  void givesTheResult() {
    GuardedCall<String> call = new GuardedCall<>(() -> "x", lateReturns::incrementAndGet);
    call.run();
    assertThat(call.outcome()).isCompletedWithValue("x");
    assertThat(call.giveUp()).isFalse();
  }

  @Test
  void anErrorOfTheDropInIsItsFailureToo() {
    GuardedCall<String> call =
        new GuardedCall<>(
            () -> {
              throw new NoClassDefFoundError("com/acme/Missing");
            },
            lateReturns::incrementAndGet);
    call.run();
    assertThatThrownBy(() -> call.outcome().get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void interruptsOnlyWhileItRuns() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    GuardedCall<String> call =
        new GuardedCall<>(
            () -> {
              running.countDown();
              new CountDownLatch(1).await();
              return "never";
            },
            lateReturns::incrementAndGet);
    Thread thread = new Thread(call);
    thread.start();
    running.await();
    call.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(call.outcome()).isCompletedExceptionally();
    call.interrupt();
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void noticesAThreadThatComesBackAfterItWasGivenUp() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    GuardedCall<String> call =
        new GuardedCall<>(
            () -> {
              running.countDown();
              release.await();
              return "late";
            },
            lateReturns::incrementAndGet);
    Thread thread = new Thread(call);
    thread.start();
    running.await();
    assertThat(call.giveUp()).isTrue();
    assertThat(lateReturns).hasValue(0);
    release.countDown();
    thread.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(lateReturns).hasValue(1);
  }
}
