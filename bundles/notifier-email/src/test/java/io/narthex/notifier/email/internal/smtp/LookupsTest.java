package io.narthex.notifier.email.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookupsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final CountDownLatch answers = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));

  @AfterEach
  void end() throws InterruptedException {
    answers.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
  }

  /** As the JDK's: an interrupt does not end it. */
  private InetAddress[] slowly(String host) throws UnknownHostException {
    asked.countDown();
    boolean done = false;
    while (!done) {
      try {
        done = answers.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        done = false;
      }
    }
    return InetAddress.getAllByName("127.0.0.1");
  }

  private Lookups slow(Duration limit) {
    return new Lookups(threads, this::slowly, limit);
  }

  @Test
  void aNameIsFound() throws Exception {
    answers.countDown();
    assertThat(slow(LONG).find("mail.example")).containsExactly(InetAddress.ofLiteral("127.0.0.1"));
  }

  @Test
  void addressesNeedNoLookup() throws Exception {
    for (String address : List.of("127.0.0.1", "::1", "192.0.2.1")) {
      assertThat(slow(LONG).find(address)).containsExactly(InetAddress.ofLiteral(address));
    }
    assertThat(asked.getCount()).isEqualTo(1);
  }

  @Test
  void aNameThatIsNoneIsSaid() {
    Lookups none =
        new Lookups(
            threads,
            host -> {
              throw new UnknownHostException(host);
            },
            LONG);
    assertThatThrownBy(() -> none.find("x.invalid"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("x.invalid");
  }

  @Test
  void anInterruptEndsTheWaitAtOnce() throws Exception {
    Lookups lookups = slow(LONG);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                lookups.find("mail.example");
              } catch (ClosedByInterruptException e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
              } catch (IOException e) {
                interrupted.completeExceptionally(e);
              }
            });
    thread.start();
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    thread.interrupt();
    assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void closingEndsTheWaitAtOnce() throws Exception {
    Lookups lookups = slow(LONG);
    CompletableFuture<List<InetAddress>> found = begin(lookups);
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    lookups.close();
    assertThatThrownBy(() -> found.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(AsynchronousCloseException.class);
    assertThatThrownBy(() -> lookups.find("mail.example"))
        .isInstanceOf(AsynchronousCloseException.class);
  }

  @Test
  void aLookupHasALimit() {
    assertThatThrownBy(() -> slow(Duration.ofMillis(50)).find("mail.example"))
        .isInstanceOfSatisfying(
            Lookups.LookupException.class,
            e ->
                assertThat(FailureWords.of(Step.DIAL, e).getMessage())
                    .isEqualTo(
                        "establish connection to server: dial tcp: lookup mail.example:"
                            + " i/o timeout"));
  }

  @Test
  void noMoreNamesWaitThanTheQueueHolds() throws Exception {
    Lookups lookups = slow(LONG);
    begin(lookups);
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<List<InetAddress>> waiting = begin(lookups);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (threads.getQueue().isEmpty() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> lookups.find("third.example"))
        .hasMessage("too many other names are being looked up");
    answers.countDown();
    assertThat(waiting.get(20, TimeUnit.SECONDS)).hasSize(1);
  }

  private static CompletableFuture<List<InetAddress>> begin(Lookups lookups) {
    CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                found.complete(lookups.find("mail.example"));
              } catch (IOException e) {
                found.completeExceptionally(e);
              }
            })
        .start();
    return found;
  }
}
