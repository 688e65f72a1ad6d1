package io.narthex.spi.discovery.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.model.Labels;
import io.narthex.spi.discovery.TargetGroup;
import io.narthex.spi.discovery.TargetGroupListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeriodicDiscoveryTest {
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration OFTEN = Duration.ofMillis(1);
  private static final long SOON = 10;

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Heard heard = new Heard();

  @AfterEach
  void stop() throws InterruptedException {
    scheduler.shutdownNow();
    assertThat(scheduler.awaitTermination(SOON, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theFirstRefreshIsAtOnce() throws Exception {
    try (Scripted discovery = scripted(NEVER, () -> List.of(group("a", "1")))) {
      discovery.start(heard);
      assertThat(heard.next()).isEqualTo("a[1]");
    }
  }

  @Test
  void theFirstCallComesEvenWithoutGroups() throws Exception {
    try (Scripted discovery = scripted(NEVER, List::of)) {
      discovery.start(heard);
      assertThat(heard.next()).isEmpty();
    }
  }

  @Test
  void onlyWhatChangedIsPassedOnAndWhatVanishedIsRemoved() throws Exception {
    try (Scripted discovery =
        scripted(
            OFTEN,
            () -> List.of(group("a", "1"), group("b", "1"), group("c", "1")),
            () -> List.of(group("a", "1"), group("b", "2"), group("d", "1")),
            () -> List.of(group("a", "1"), group("b", "2"), group("d")),
            () -> List.of(group("a", "1"), group("b", "2")))) {
      discovery.start(heard);
      assertThat(heard.next()).isEqualTo("a[1] b[1] c[1]");
      assertThat(heard.next()).isEqualTo("b[2] d[1] c[]");
      assertThat(heard.next()).isEqualTo("d[]");
      assertThat(heard.next()).isEmpty();
    }
  }

  @Test
  void aFailureIsSaidAndWhatWasFoundStays() throws Exception {
    try (Scripted discovery =
        scripted(
            OFTEN,
            () -> List.of(group("a", "1")),
            () -> {
              throw new IOException("the registry is away");
            },
            () -> {
              throw new NullPointerException();
            },
            () -> {
              throw new StackOverflowError("too deep");
            },
            () -> List.of(group("b", "1")))) {
      discovery.start(heard);
      assertThat(heard.next()).isEqualTo("a[1]");
      assertThat(heard.next()).isEqualTo("failed: the registry is away");
      assertThat(heard.next()).isEqualTo("failed: java.lang.NullPointerException");
      assertThat(heard.next()).isEqualTo("failed: too deep");
      assertThat(heard.next()).isEqualTo("b[1] a[]");
    }
  }

  @Test
  void theFailureOfAPartIsSaidAfterTheGroups() throws Exception {
    Scripted[] self = new Scripted[1];
    try (Scripted discovery =
        scripted(
            NEVER,
            () -> {
              self[0].partFailed("x is away");
              self[0].partFailed("y is away");
              return List.of(group("a", "1"));
            })) {
      self[0] = discovery;
      discovery.start(heard);
      assertThat(heard.next()).isEqualTo("a[1]");
      assertThat(heard.next()).isEqualTo("failed: x is away; y is away");
    }
  }

  @Test
  void groupsWithoutASourceOfTheirOwnAreAFailure() throws Exception {
    try (Scripted discovery =
        scripted(
            OFTEN,
            () -> List.of(group("a", "1"), group("a", "2")),
            () -> List.of(group("", "1")))) {
      discovery.start(heard);
      assertThat(heard.next())
          .isEqualTo("failed: two target groups have the source \"a\"; each needs its own");
      assertThat(heard.next()).isEqualTo("failed: a target group has no source");
    }
  }

  @Test
  void aRefreshThatIsAskedForComesSoon() throws Exception {
    try (Scripted discovery =
        scripted(NEVER, () -> List.of(group("a", "1")), () -> List.of(group("a", "2")))) {
      discovery.start(heard);
      heard.next();
      discovery.refreshWithin(Duration.ofMillis(1));
      assertThat(heard.next()).isEqualTo("a[2]");
    }
  }

  @Test
  void aRefreshThatIsAskedForDuringOneComesAfterIt() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    try (Scripted discovery =
        scripted(
            NEVER,
            () -> {
              begun.countDown();
              asked.await();
              return List.of(group("a", "1"));
            },
            () -> List.of(group("a", "2")))) {
      discovery.start(heard);
      assertThat(begun.await(SOON, TimeUnit.SECONDS)).isTrue();
      discovery.refreshWithin(Duration.ZERO);
      asked.countDown();
      assertThat(heard.next()).isEqualTo("a[1]");
      assertThat(heard.next()).isEqualTo("a[2]");
    }
  }

  @Test
  void closingInterruptsARefreshAndTheListenerHearsNothingOfIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Scripted discovery =
        scripted(
            OFTEN,
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
              return List.of();
            });
    discovery.start(heard);
    assertThat(begun.await(SOON, TimeUnit.SECONDS)).isTrue();
    discovery.close();
    assertThat(interrupted.await(SOON, TimeUnit.SECONDS)).isTrue();
    afterAllThatWasScheduled();
    assertThat(heard.calls).isEmpty();
  }

  @Test
  void aRefreshThatIgnoresTheInterruptionIsNotPassedOnEither() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Scripted discovery =
        scripted(
            OFTEN,
            () -> {
              begun.countDown();
              while (closed.getCount() > 0) {
                Thread.onSpinWait();
              }
              return List.of(group("a", "1"));
            });
    discovery.start(heard);
    assertThat(begun.await(SOON, TimeUnit.SECONDS)).isTrue();
    discovery.close();
    closed.countDown();
    afterAllThatWasScheduled();
    assertThat(heard.calls).isEmpty();
  }

  @Test
  void closingWaitsForACallOfTheListener() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    List<String> order = new ArrayList<>();
    Scripted discovery = scripted(NEVER, List::of);
    discovery.start(
        new TargetGroupListener() {
          @Override
          public void update(List<TargetGroup> groups) {
            inside.countDown();
            boolean interrupted = false;
            while (leave.getCount() > 0) {
              interrupted |= Thread.interrupted();
            }
            order.add("listener done" + (interrupted ? ", interrupted" : ""));
          }

          @Override
          public void failed(String problem) {
            throw new AssertionError(problem);
          }
        });
    assertThat(inside.await(SOON, TimeUnit.SECONDS)).isTrue();
    Thread closer =
        Thread.ofPlatform()
            .start(
                () -> {
                  discovery.close();
                  order.add("closed");
                });
    while (closer.getState() != Thread.State.BLOCKED) {
      assertThat(closer.isAlive()).as("closing waits").isTrue();
      Thread.onSpinWait();
    }
    leave.countDown();
    closer.join(Duration.ofSeconds(SOON));
    assertThat(order).containsExactly("listener done", "closed");
  }

  @Test
  void itStartsOnlyOnce() {
    Scripted discovery = scripted(NEVER, List::of);
    discovery.start(heard);
    assertThatThrownBy(() -> discovery.start(heard)).isInstanceOf(IllegalStateException.class);
    discovery.close();
    assertThatThrownBy(() -> discovery.start(heard)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatTheMechanismHoldsIsFreedOnce() {
    Scripted discovery = scripted(NEVER, List::of);
    discovery.close();
    discovery.close();
    assertThat(discovery.freed).isEqualTo(1);
  }

  @Test
  void anIntervalOfNothingIsRefused() {
    assertThatThrownBy(() -> scripted(Duration.ZERO, List::of))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be above 0");
  }

  private void afterAllThatWasScheduled() throws Exception {
    scheduler.submit(() -> {}).get(SOON, TimeUnit.SECONDS);
    scheduler.schedule(() -> {}, 20, TimeUnit.MILLISECONDS).get(SOON, TimeUnit.SECONDS);
  }

  private static TargetGroup group(String source, String... addresses) {
    return new TargetGroup(
        source,
        Stream.of(addresses).map(address -> Labels.of("__address__", address)).toList(),
        Labels.EMPTY);
  }

  @SafeVarargs
  private Scripted scripted(Duration interval, Callable<List<TargetGroup>>... refreshes) {
    return new Scripted(scheduler, interval, List.of(refreshes));
  }

  /** Does the refreshes in turn, then the last one again and again. */
  private static final class Scripted extends PeriodicDiscovery {
    private final List<Callable<List<TargetGroup>>> refreshes;
    private int done;
    private int freed;

    Scripted(
        ScheduledExecutorService scheduler,
        Duration interval,
        List<Callable<List<TargetGroup>>> refreshes) {
      super(scheduler, interval);
      this.refreshes = refreshes;
    }

    @Override
    protected List<TargetGroup> refresh() throws Exception {
      return refreshes.get(Math.min(done++, refreshes.size() - 1)).call();
    }

    @Override
    protected void closed() {
      freed++;
    }
  }

  /** What the listener was told, as text. */
  private static final class Heard implements TargetGroupListener {
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    @Override
    public void update(List<TargetGroup> groups) {
      calls.add(
          String.join(
              " ",
              groups.stream()
                  .map(
                      group ->
                          group.source()
                              + group.targets().stream()
                                  .map(labels -> labels.get("__address__"))
                                  .toList())
                  .toList()));
    }

    @Override
    public void failed(String problem) {
      calls.add("failed: " + problem);
    }

    String next() throws InterruptedException {
      String call = calls.poll(SOON, TimeUnit.SECONDS);
      assertThat(call).as("the next call of the listener").isNotNull();
      return call;
    }
  }
}
