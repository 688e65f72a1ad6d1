package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.tck.log.InMemoryLogStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The head stays within its size, whatever comes. */
class HeadRoomTest {
  private static final AppendSource SOURCE = new AppendSource("scrape", "target");
  private static final int LIMIT = 200_000;
  private static final IngestLimits LIMITS = new IngestLimits(86_400_000, 600_000, LIMIT);

  private final TestClock clock = new TestClock();
  private final Random random = new Random(4);
  private InMemoryLogStore store = new InMemoryLogStore();
  private Storages storages = Storages.start(store, clock, LIMITS);

  private void restart() {
    storages.storage().stop(Duration.ZERO);
    store = store.next();
    storages = Storages.start(store, clock, LIMITS);
  }

  /** The number of samples of each series, and the time of the last. */
  private record Held(int samples, long first, long last) {}

  private TreeMap<String, Held> held() {
    TreeMap<String, Held> result = new TreeMap<>();
    long[] times = new long[100];
    double[] values = new double[100];
    try (Querier querier = storages.storage().querier(0, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
      while (set.next()) {
        SampleCursor cursor = set.samples();
        int samples = 0;
        long first = Long.MAX_VALUE;
        long last = 0;
        int n;
        while ((n = cursor.read(times, values, 0, 100)) >= 0) {
          samples += n;
          first = Math.min(first, times[0]);
          last = times[n - 1];
        }
        result.put(set.labels().get("n"), new Held(samples, first, last));
      }
    }
    return result;
  }

  /** Appends to so many series, at every step; random values take nine bytes each. */
  private void append(Appender appender, int series, int steps) {
    for (int step = 0; step < steps; step++) {
      clock.advance(1000);
      for (int i = 0; i < series; i++) {
        int slot = appender.slot(Labels.of("n", "s" + i));
        assertThat(appender.append(slot, clock.wallMillis(), random.nextDouble()))
            .isEqualTo(AppendOutcome.ACCEPTED);
      }
      assertThat(appender.commit().samples()).isEqualTo(series);
      assertThat(storages.room().bytes()).isLessThanOrEqualTo(LIMIT);
    }
  }

  @Test
  void oldestChunksMakeRoomForTheSamplesOfSeriesThatExist() {
    long start = clock.wallMillis();
    try (Appender appender = storages.storage().appender(SOURCE)) {
      append(appender, 20, 4000);
    }
    assertThat(storages.room().droppedChunks()).isGreaterThan(20 * 4000 / 120 / 2);
    assertThat(held())
        .hasSize(20)
        .allSatisfy(
            (name, held) -> {
              assertThat(held.last()).isEqualTo(clock.wallMillis());
              assertThat(held.samples()).isGreaterThan(500);
              assertThat(held.first()).isEqualTo(held.last() - (held.samples() - 1) * 1000L);
              assertThat(held.first()).isGreaterThan(start + 2_000_000);
            });
    assertThat(storages.head().stats().minTime()).isGreaterThan(start + 2_000_000);
    TreeMap<String, Held> before = held();
    restart();
    assertThat(storages.room().bytes()).isLessThanOrEqualTo(LIMIT);
    assertThat(held().keySet()).isEqualTo(before.keySet());
    assertThat(held().values()).allSatisfy(held -> assertThat(held.samples()).isGreaterThan(500));
  }

  @Test
  void openChunksOfTooManySeriesKeepTheNewestSample() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      int series = fill(appender);
      assertThat(series).isBetween(400, 1500);
      append(appender, series, 300);
      assertThat(held())
          .hasSize(series)
          .allSatisfy((name, held) -> assertThat(held.last()).isEqualTo(clock.wallMillis()));
      // Some fit still, since the first take less than was reserved for them.
      assertThatThrownBy(
              () -> {
                for (int more = 0; more < series; more++) {
                  appender.slot(Labels.of("n", "more" + more));
                }
              })
          .isInstanceOf(NarthexException.class);
    }
    assertThat(storages.room().droppedChunks()).isPositive();
    restart();
    assertThat(held())
        .allSatisfy((name, held) -> assertThat(held.last()).isEqualTo(clock.wallMillis()));
  }

  /** Makes series until there is no room, in one transaction; gives how many. */
  private int fill(Appender appender) {
    int[] made = {0};
    clock.advance(1000);
    assertThatThrownBy(
            () -> {
              for (; made[0] < 5000; made[0]++) {
                int slot = appender.slot(Labels.of("n", "s" + made[0]));
                appender.append(slot, clock.wallMillis(), 1);
              }
            })
        .isInstanceOf(NarthexException.class)
        .hasMessageStartingWith("head size limit exceeded: series take ");
    appender.commit();
    assertThat(storages.room().refusedSeries()).isEqualTo(1);
    return made[0];
  }

  @Test
  void seriesThatAreWrittenToNoMoreMakeRoom() {
    int longAgo = 0;
    for (int hour = 0; hour < 200; hour++) {
      try (Appender appender = storages.storage().appender(SOURCE)) {
        for (int i = 0; i < 10; i++) {
          appender.append(
              appender.slot(Labels.of("n", "churn" + longAgo++)), clock.wallMillis(), hour);
        }
        appender.append(appender.slot(Labels.of("n", "stays")), clock.wallMillis(), hour);
        appender.commit();
      }
      clock.advance(3_600_000 / 10);
      storages.storage().retain();
    }
    assertThat(held()).containsKey("stays");
    assertThat(storages.room().refusedSeries()).isZero();
    assertThat(storages.head().stats().series()).isBetween(100, 400);
    assertThat(held()).as("the latest stay").containsKey("churn1999").doesNotContainKey("churn0");
  }

  @Test
  void seriesThatAReplayDropsGoesOnUnderItsReferenceInTheLog() {
    storages.storage().stop(Duration.ZERO);
    store = new InMemoryLogStore();
    storages = Storages.start(store, clock);
    Labels idle = Labels.of("n", "idle");
    try (Appender appender = storages.storage().appender(SOURCE)) {
      appender.append(appender.slot(idle), clock.wallMillis(), 1);
      appender.commit();
      clock.advance(65 * 60_000);
      for (int step = 0; step < 2000; step++) {
        clock.advance(1000);
        for (int i = 0; i < 20; i++) {
          appender.append(
              appender.slot(Labels.of("n", "s" + i)), clock.wallMillis(), random.nextDouble());
        }
        appender.commit();
      }
      appender.append(appender.slot(idle), clock.wallMillis(), 2);
      appender.commit();
    }
    assertThat(held().get("idle").samples()).isEqualTo(2);
    restart();
    assertThat(held().get("idle")).isEqualTo(new Held(1, clock.wallMillis(), clock.wallMillis()));
    assertThat(storages.head().stats().series()).isEqualTo(21);
  }

  @Test
  void rolledBackSeriesHoldTheirRoomUntilTheAppenderIsClosed() {
    long empty = storages.room().bytes();
    try (Appender appender = storages.storage().appender(SOURCE)) {
      appender.slot(Labels.of("n", "a"));
      assertThat(storages.room().bytes()).isGreaterThan(empty + 300);
      appender.rollback();
      assertThat(storages.room().bytes()).isGreaterThan(empty + 300);
    }
    assertThat(storages.room().bytes()).isEqualTo(empty);
  }

  @Test
  void aTransactionOfEverNewNamesIsRefusedInTime() {
    clock.advance(1000);
    String longName = "n".repeat(1000);
    int[] made = {0};
    try (Appender appender = storages.storage().appender(SOURCE)) {
      assertThatThrownBy(
              () -> {
                for (; made[0] < 1000; made[0]++) {
                  int slot = appender.slot(Labels.of(longName + made[0], "v"));
                  appender.append(slot, clock.wallMillis(), 1);
                }
              })
          .isInstanceOf(NarthexException.class)
          .hasMessageStartingWith("head size limit exceeded: series take ");
      appender.commit();
    }
    assertThat(made[0]).isBetween(30, LIMIT / 2 / 1000);
    assertThat(storages.head().stats().seriesBytes()).isGreaterThan(1000L * made[0]);
    assertThat(storages.room().bytes()).isEqualTo(storages.head().stats().bytes());
  }

  @Test
  void aNewNameHasRoomReservedOnceForAllSeriesOfATransaction() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      long before = storages.room().bytes();
      appender.slot(Labels.of("n", "a"));
      appender.slot(Labels.of("n", "b"));
      assertThat(storages.room().bytes() - before)
          .isEqualTo(2 * (40 + 100 + 20 + 20 + 2 + 48 + 1) + 1200 + 1);
    }
  }

  @Test
  void seriesOfKnownNamesReserveNoRoomForThem() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      appender.append(appender.slot(Labels.of("n", "a")), clock.wallMillis(), 1);
      appender.commit();
      long before = storages.room().bytes();
      appender.slot(Labels.of("n", "b"));
      assertThat(storages.room().bytes() - before).isEqualTo(40 + 100 + 20 + 20 + 2 + 48 + 1);
    }
  }

  @Test
  void committedSeriesGivesItsReservationBack() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      appender.append(appender.slot(Labels.of("n", "a")), clock.wallMillis(), 1);
      appender.commit();
      assertThat(storages.room().bytes() - storages.head().stats().bytes()).isEqualTo(40);
    }
    assertThat(storages.room().bytes()).isEqualTo(storages.head().stats().bytes());
  }

  @Test
  void readerGoesOnWhileItsSamplesAreDropped() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      append(appender, 20, 500);
      try (Querier querier = storages.storage().querier(0, Long.MAX_VALUE)) {
        SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
        assertThat(set.next()).isTrue();
        SampleCursor cursor = set.samples();
        append(appender, 20, 2000);
        long[] times = new long[1000];
        assertThat(cursor.read(times, new double[1000], 0, 1000)).isEqualTo(500);
        while (set.next()) {
          assertThat(set.samples().read(times, new double[1000], 0, 1000)).isEqualTo(500);
        }
      }
    }
  }
}
