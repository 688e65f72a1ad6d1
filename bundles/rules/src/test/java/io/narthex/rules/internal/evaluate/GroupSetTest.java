package io.narthex.rules.internal.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.query.QueryValue;
import io.narthex.rules.internal.fake.FakeMetrics;
import io.narthex.rules.internal.fake.FakeStorage;
import io.narthex.rules.internal.fake.FakeTemplates;
import io.narthex.rules.internal.fake.FakeTime;
import io.narthex.rules.internal.file.GroupDefinition;
import io.narthex.rules.internal.file.RuleDefinition;
import io.narthex.rules.internal.send.AlertOutbox;
import io.narthex.rules.internal.series.AppenderLeases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With threads. */
class GroupSetTest {
  private final FakeTime time = new FakeTime(Instant.parse("2024-01-01T00:00:00Z"));
  private final FakeStorage storage = new FakeStorage();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final Map<String, CountDownLatch> begun =
      Map.of("a", new CountDownLatch(1), "b", new CountDownLatch(1));
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final AppenderLeases leases = new AppenderLeases();
  private final GroupSet groups = groups();

  private GroupSet groups() {
    Means means =
        new Means(
            storage, this::query, new FakeTemplates(), Labels.EMPTY, "http://h:1", Duration.ZERO);
    return new GroupSet(
        new GroupServices(
            time,
            new RuleMetrics(new FakeMetrics()),
            leases,
            new AlertOutbox(Runnable::run, alerts -> true, time::wallMillis),
            Duration.ofMinutes(1),
            new Restoration(Duration.ofHours(1), Duration.ofMinutes(10), false)),
        new LoopServices(
            time,
            new ScheduledAlarms(time.scheduler(), time),
            threads,
            () -> Optional.of(means),
            key -> true));
  }

  private List<QueryValue.Sample> query(String expression, long at) {
    counts.merge(expression, 1, Integer::sum);
    begun.get(expression).countDown();
    try {
      assertThat(goOn.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }

  private static GroupDefinition group(String name) {
    return new GroupDefinition(
        "f",
        name,
        Duration.ofMinutes(1),
        0,
        Optional.empty(),
        List.of(new RuleDefinition.Recording("n", name, new TreeMap<>())));
  }

  @AfterEach
  void end() {
    goOn.countDown();
    threads.shutdownNow();
  }

  @Test
  void groupsAreEvaluatedAtTheSameTimeButEachOnlyOnce() throws InterruptedException {
    groups.apply(List.of(group("a"), group("b")));
    time.advance(Duration.ofMinutes(3));

    assertThat(begun.get("a").await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(begun.get("b").await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(counts).isEqualTo(Map.of("a", 1, "b", 1));
  }

  @Test
  void aSnapshotWaitsForNoEvaluation() throws InterruptedException {
    groups.apply(List.of(group("a")));
    time.advance(Duration.ofMinutes(1));
    assertThat(begun.get("a").await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(groups.groups()).singleElement().satisfies(g -> assertThat(g.rules()).hasSize(1));
    groups.apply(List.of(group("b")));
    assertThat(groups.groups()).singleElement().satisfies(g -> assertThat(g.name()).isEqualTo("b"));
  }

  @Test
  void aStopDuringAnEvaluationGivesTheLeaseBackAfterIt() throws InterruptedException {
    groups.apply(List.of(group("a")));
    time.advance(Duration.ofMinutes(1));
    assertThat(begun.get("a").await(30, TimeUnit.SECONDS)).isTrue();
    groups.stop();
    goOn.countDown();
    threads.shutdown();

    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    await(() -> storage.open.isEmpty());
    time.advance(Duration.ofMinutes(5));
    assertThat(counts).isEqualTo(Map.of("a", 1));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** A pool that is shut down forgets the tasks that wait. */
  @Test
  void aGroupWhoseTurnNeverCameGivesItsLeaseBackWithTheOthers() throws InterruptedException {
    goOn.countDown();
    groups.apply(List.of(group("a")));
    time.advance(Duration.ofMinutes(1));
    await(() -> !storage.open.isEmpty());
    CountDownLatch busy = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      threads.execute(() -> waitFor(busy));
    }
    time.advance(Duration.ofMinutes(1));
    groups.stop();
    assertThat(threads.shutdownNow()).isNotEmpty();
    busy.countDown();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(storage.open).hasSize(1);

    leases.close();

    assertThat(storage.open).isEmpty();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
