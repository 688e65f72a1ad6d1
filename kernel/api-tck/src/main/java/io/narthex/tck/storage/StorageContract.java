package io.narthex.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.model.MatchType;
import io.narthex.api.model.Matcher;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every {@link Storage} must do. A test class of yours extends this one and says how a storage
 * starts and stops.
 */
public abstract class StorageContract {
  private static final AppendSource SOURCE = new AppendSource("test", "contract");
  private static final Labels UP = Labels.of(Labels.METRIC_NAME, "up", "job", "a");
  private Storage storage;

  /** Starts a storage; called again it finds what the one before kept, which is stopped by then. */
  protected abstract Storage start();

  /** Stops the storage that was started last, as its bundle's stop would. */
  protected abstract void stop();

  /** The storage's present time, in ms since 1970. */
  protected abstract long now();

  @BeforeEach
  final void startStorage() {
    storage = start();
  }

  @AfterEach
  final void stopStorage() {
    stop();
  }

  /** A sample with the bits of its value. */
  protected record Sample(long time, long bits) {
    /** A sample. */
    public static Sample of(long time, double value) {
      return new Sample(time, Double.doubleToRawLongBits(value));
    }
  }

  /** A series with its samples. */
  protected record Found(Labels labels, List<Sample> samples) {}

  @Test
  void committedSamplesAreVisibleSortedByLabels() {
    Labels other = Labels.of(Labels.METRIC_NAME, "down", "job", "z");
    try (Appender appender = storage.appender(SOURCE)) {
      long t = now();
      assertThat(appender.append(appender.slot(UP), t, 1)).isEqualTo(AppendOutcome.ACCEPTED);
      assertThat(appender.append(appender.slot(other), t, 2)).isEqualTo(AppendOutcome.ACCEPTED);
      CommitReceipt receipt = appender.commit();

      assertThat(receipt.samples()).isEqualTo(2);
      assertThat(receipt.newSeries()).isEqualTo(2);
      assertThat(storage.visible(receipt, Duration.ofSeconds(5)).toCompletableFuture())
          .succeedsWithin(Duration.ofSeconds(5));
      assertThat(all())
          .containsExactly(
              new Found(other, List.of(Sample.of(t, 2))), new Found(UP, List.of(Sample.of(t, 1))));
    }
  }

  @Test
  void nothingIsVisibleBeforeTheCommitAndAfterRollback() {
    try (Appender appender = storage.appender(SOURCE)) {
      appender.append(appender.slot(UP), now(), 1);
      assertThat(all()).isEmpty();
      appender.rollback();
      CommitReceipt empty = appender.commit();

      assertThat(empty.samples()).isZero();
      assertThat(all()).isEmpty();
      commit(appender, UP, now(), 2);
      assertThat(all()).hasSize(1);
    }
  }

  @Test
  void closedAppenderLeavesNothing() {
    Appender appender = storage.appender(SOURCE);
    appender.append(appender.slot(UP), now(), 1);
    appender.close();
    appender.close();

    assertThat(all()).isEmpty();
  }

  @Test
  void equalLabelsHaveOneSlot() {
    try (Appender appender = storage.appender(SOURCE)) {
      int slot = appender.slot(UP);
      assertThat(appender.slot(Labels.of("job", "a", Labels.METRIC_NAME, "up"))).isEqualTo(slot);
      assertThat(appender.slot(Labels.of("job", "b", Labels.METRIC_NAME, "up"))).isNotEqualTo(slot);
      commit(appender, UP, now(), 1);
      assertThat(appender.slot(UP)).isEqualTo(slot);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 7, ACCEPTED",
    "0, 5, ALREADY_THERE",
    "0, 7, DUPLICATE_TIMESTAMP",
    "-1, 5, OUT_OF_ORDER",
    "86400000, 5, OUT_OF_BOUNDS",
    "-1576800000000, 5, OUT_OF_BOUNDS"
  })
  void sampleIsComparedWithTheLast(long offset, double value, AppendOutcome expected) {
    long t = now();
    try (Appender appender = storage.appender(SOURCE)) {
      int slot = appender.slot(UP);
      appender.append(slot, t, 5);
      assertThat(appender.append(slot, t + offset, value))
          .as("within the transaction")
          .isEqualTo(expected);
      appender.rollback();
      commit(appender, UP, t, 5);
      assertThat(appender.append(slot, t + offset, value)).as("after a commit").isEqualTo(expected);
      assertThat(appender.commit().samples()).isEqualTo(expected == AppendOutcome.ACCEPTED ? 1 : 0);
    }
  }

  @Test
  void twoSourcesOfOneSeriesCannotDoubleASample() {
    long t = now();
    try (Appender one = storage.appender(SOURCE);
        Appender two = storage.appender(new AppendSource("test", "another"))) {
      one.append(one.slot(UP), t, 1);
      two.append(two.slot(UP), t, 2);
      assertThat(two.commit().samples()).isEqualTo(1);
      assertThat(one.commit().samples()).isZero();
    }
    assertThat(all()).containsExactly(new Found(UP, List.of(Sample.of(t, 2))));
  }

  @Test
  void laterCommitsStayHiddenFromAQuerier() {
    long t = now();
    try (Appender appender = storage.appender(SOURCE)) {
      commit(appender, UP, t, 1);
      Labels later = Labels.of(Labels.METRIC_NAME, "later");
      try (Querier before = storage.querier(0, Long.MAX_VALUE)) {
        for (int i = 1; i <= 300; i++) {
          commit(appender, UP, t + i, i);
          if (i % 50 == 0) {
            try (Querier between = storage.querier(0, Long.MAX_VALUE)) {
              commit(appender, later, t + i, i);
              assertThat(read(between).getLast().samples()).as("after %d", i).hasSize(i + 1);
            }
          }
        }
        assertThat(read(before)).containsExactly(new Found(UP, List.of(Sample.of(t, 1))));
        assertThat(before.labelValues(Labels.METRIC_NAME, List.of())).containsExactly("up");
      }
      assertThat(all())
          .hasSize(2)
          .last()
          .satisfies(found -> assertThat(found.samples()).hasSize(301));
    }
  }

  @Test
  void querierNeverSeesHalfACommit() throws InterruptedException {
    int series = 50;
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (Appender appender = storage.appender(SOURCE)) {
                    long t = now() - 100_000;
                    for (int round = 0; round < 300; round++) {
                      for (int i = 0; i < series; i++) {
                        appender.append(appender.slot(Labels.of("i", "" + i)), t + round, round);
                      }
                      appender.commit();
                    }
                  } finally {
                    done.set(true);
                  }
                });
    int checks = 0;
    while (!done.get() || checks == 0) {
      List<Found> found = all();
      if (!found.isEmpty()) {
        assertThat(found).hasSize(series);
        assertThat(found.stream().map(Found::samples).distinct()).hasSize(1);
        checks++;
      }
    }
    writer.join();
    assertThat(all().getFirst().samples()).hasSize(300);
  }

  @Test
  void valuesAreKeptBitForBit() {
    double[] values = {
      0.0,
      -0.0,
      1,
      Double.NaN,
      StaleMarker.VALUE,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      Math.PI,
      Double.longBitsToDouble(0x7ff800000000deadL),
      Double.longBitsToDouble(0xfff8000000000001L)
    };
    long t = now() - 1000;
    List<Sample> expected = new ArrayList<>();
    try (Appender appender = storage.appender(SOURCE)) {
      int slot = appender.slot(UP);
      for (int i = 0; i < values.length; i++) {
        assertThat(appender.append(slot, t + i, values[i])).isEqualTo(AppendOutcome.ACCEPTED);
        expected.add(Sample.of(t + i, values[i]));
      }
      appender.commit();
    }
    assertThat(all()).containsExactly(new Found(UP, expected));
    restart();
    assertThat(all()).containsExactly(new Found(UP, expected));
  }

  @Test
  void samplesSurviveRestarts() {
    long t = now() - 10_000;
    List<Sample> expected = new ArrayList<>();
    for (int start = 0; start < 3; start++) {
      try (Appender appender = storage.appender(SOURCE)) {
        for (int i = 0; i < 200; i++) {
          long time = t + start * 1000L + i;
          commit(appender, UP, time, i);
          expected.add(Sample.of(time, i));
        }
        appender.append(appender.slot(UP), t + start * 1000L + 999, -1);
      }
      restart();
      assertThat(all()).containsExactly(new Found(UP, expected));
    }
    try (Appender appender = storage.appender(SOURCE)) {
      int slot = appender.slot(UP);
      assertThat(appender.append(slot, t, 1)).isEqualTo(AppendOutcome.OUT_OF_ORDER);
    }
  }

  @Test
  void largeCommitIsKeptAsAWhole() {
    long t = now();
    int series = 20_000;
    try (Appender appender = storage.appender(SOURCE)) {
      for (int i = 0; i < series; i++) {
        appender.append(
            appender.slot(
                Labels.of(
                    Labels.METRIC_NAME,
                    "m",
                    "instance",
                    "a-rather-long-instance-name-%06d".formatted(i))),
            t,
            i + 0.1);
      }
      assertThat(appender.commit().samples()).isEqualTo(series);
    }
    assertThat(all()).hasSize(series);
    restart();
    assertThat(all()).hasSize(series).allSatisfy(found -> assertThat(found.samples()).hasSize(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a;EQUAL;1;1",
        "a;EQUAL;'';'2,none'",
        "a;NOT_EQUAL;1;'2,3,10,none'",
        "a;NOT_EQUAL;'';'1,3,10'",
        "a;REGEX;1|3;'1,3'",
        "a;REGEX;1.*;'1,10'",
        "a;REGEX;1.+;10",
        "a;REGEX;.*;'1,2,3,10,none'",
        "a;REGEX;.+;'1,3,10'",
        "a;REGEX;1;1",
        "a;REGEX;[13];'1,3'",
        "a;REGEX;'1|';'1,2,none'",
        "a;REGEX;'(1|2)?';'1,2,none'",
        "a;REGEX;0;''",
        "a;NOT_REGEX;1|3;'2,10,none'",
        "a;NOT_REGEX;1.*;'2,3,none'",
        "a;NOT_REGEX;.+;'2,none'",
        "a;NOT_REGEX;.*;''",
        "a;NOT_REGEX;'1|';'3,10'",
        "b;EQUAL;'';'1,3,10,none'",
        "b;REGEX;x.y;2",
        "b;REGEX;'x\\ny';2",
        "c;EQUAL;'';'1,2,3,10,none'"
      })
  void matcherSelects(String name, MatchType type, String value, String expected) {
    try (Appender appender = storage.appender(SOURCE)) {
      long t = now();
      appender.append(appender.slot(Labels.of("id", "1", "a", "1")), t, 1);
      appender.append(appender.slot(Labels.of("id", "2", "b", "x\ny")), t, 1);
      appender.append(appender.slot(Labels.of("id", "3", "a", "3")), t, 1);
      appender.append(appender.slot(Labels.of("id", "10", "a", "10")), t, 1);
      appender.append(appender.slot(Labels.of("id", "none")), t, 1);
      appender.commit();
    }
    try (Querier querier = storage.querier(0, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of(new Matcher(type, name, value)));
      List<String> ids = new ArrayList<>();
      while (set.next()) {
        ids.add(set.labels().get("id"));
      }
      assertThat(ids)
          .containsExactlyInAnyOrderElementsOf(
              expected.isEmpty() ? List.of() : List.of(expected.split(",")));
    }
  }

  @Test
  void allMatchersMustHold() {
    try (Appender appender = storage.appender(SOURCE)) {
      for (String job : List.of("a", "b")) {
        for (String instance : List.of("1", "2")) {
          appender.append(appender.slot(Labels.of("job", job, "instance", instance)), now(), 1);
        }
      }
      appender.commit();
    }
    try (Querier querier = storage.querier(0, Long.MAX_VALUE)) {
      List<Matcher> matchers =
          List.of(
              new Matcher(MatchType.EQUAL, "job", "a"),
              new Matcher(MatchType.REGEX, "instance", "2|3"));
      SeriesSet set = querier.select(0, Long.MAX_VALUE, matchers);
      assertThat(set.next()).isTrue();
      assertThat(set.labels()).isEqualTo(Labels.of("job", "a", "instance", "2"));
      assertThat(set.next()).isFalse();
      assertThat(set.warnings()).isEmpty();
      assertThat(querier.labelNames(List.of())).containsExactly("instance", "job");
      assertThat(querier.labelNames(matchers)).containsExactly("instance", "job");
      assertThat(querier.labelValues("instance", List.of())).containsExactly("1", "2");
      assertThat(querier.labelValues("instance", matchers)).containsExactly("2");
      assertThat(querier.labelValues("absent", List.of())).isEmpty();
    }
  }

  @Test
  void badExpressionIsRefused() {
    try (Querier querier = storage.querier(0, Long.MAX_VALUE)) {
      assertCode(
          () -> querier.select(0, 1, List.of(new Matcher(MatchType.REGEX, "a", "("))),
          StorageErrors.BAD_MATCHER);
    }
  }

  @Test
  void onlyTheWantedTimeIsRead() {
    long t = now() - 10_000;
    try (Appender appender = storage.appender(SOURCE)) {
      for (int i = 0; i < 500; i++) {
        commit(appender, UP, t + i, i);
      }
    }
    try (Querier querier = storage.querier(t + 100, t + 400)) {
      assertThat(read(querier, 0, Long.MAX_VALUE).getFirst().samples())
          .hasSize(301)
          .first()
          .isEqualTo(Sample.of(t + 100, 100));
      assertThat(read(querier, t + 239, t + 241).getFirst().samples())
          .containsExactly(
              Sample.of(t + 239, 239), Sample.of(t + 240, 240), Sample.of(t + 241, 241));
    }
  }

  @Test
  void stoppedStorageRefusesAndCancels() throws InterruptedException {
    Storage stopped = storage;
    Appender appender = stopped.appender(SOURCE);
    commit(appender, UP, now(), 1);
    Querier querier = stopped.querier(0, Long.MAX_VALUE);
    SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
    int slot = appender.slot(UP);
    Thread stopper = Thread.ofPlatform().start(this::stop);
    awaitStopped(stopped);

    assertCode(() -> stopped.querier(0, 1), StorageErrors.STOPPED);
    assertCode(set::next, StorageErrors.STOPPED);
    assertCode(() -> appender.append(slot, now() + 1, 1), StorageErrors.STOPPED);
    assertCode(appender::commit, StorageErrors.STOPPED);
    appender.close();
    querier.close();
    stopper.join();
    storage = start();
    assertThat(all()).hasSize(1);
  }

  @Test
  void closedQuerierFails() {
    Querier querier = storage.querier(0, Long.MAX_VALUE);
    SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
    querier.close();
    querier.close();

    assertCode(set::next, StorageErrors.STOPPED);
    assertCode(() -> querier.labelNames(List.of()), StorageErrors.STOPPED);
  }

  private static void awaitStopped(Storage stopped) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < deadline) {
      try {
        stopped.appender(SOURCE).close();
        Thread.onSpinWait();
      } catch (NarthexException e) {
        assertThat(e.code()).isEqualTo(StorageErrors.STOPPED);
        return;
      }
    }
    throw new AssertionError("the storage gave out leases 10 s after it was told to stop");
  }

  /** Stops the storage and starts another on the same data. */
  protected final void restart() {
    stop();
    storage = start();
  }

  /** All that a new querier sees. */
  protected final List<Found> all() {
    try (Querier querier = storage.querier(0, Long.MAX_VALUE)) {
      return read(querier);
    }
  }

  private static List<Found> read(Querier querier) {
    return read(querier, 0, Long.MAX_VALUE);
  }

  private static List<Found> read(Querier querier, long from, long to) {
    List<Found> found = new ArrayList<>();
    SeriesSet set = querier.select(from, to, List.of());
    while (set.next()) {
      List<Sample> samples = samples(set.samples());
      if (!samples.isEmpty()) {
        found.add(new Found(set.labels(), samples));
      }
    }
    return found;
  }

  private static List<Sample> samples(SampleCursor cursor) {
    List<Sample> samples = new ArrayList<>();
    long[] times = new long[9];
    double[] values = new double[9];
    int n;
    while ((n = cursor.read(times, values, 2, 7)) >= 0) {
      for (int i = 2; i < 2 + n; i++) {
        samples.add(Sample.of(times[i], values[i]));
      }
    }
    return samples;
  }

  private static void commit(Appender appender, Labels labels, long time, double value) {
    assertThat(appender.append(appender.slot(labels), time, value))
        .isEqualTo(AppendOutcome.ACCEPTED);
    appender.commit();
  }

  private static void assertCode(ThrowingCallable action, ErrorCode code) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(NarthexException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
