package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageErrors;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.Position;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.tck.log.InMemoryLogStore;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What this storage promises beyond the contract: failing logs, limits, retention, segments. */
class HeadStorageTest {
  private static final AppendSource SOURCE = new AppendSource("scrape", "target");
  private static final long DAY = 86_400_000;

  private final TestClock clock = new TestClock();
  private InMemoryLogStore store = new InMemoryLogStore();
  private Storages storages = Storages.start(store, clock);

  private void restart() {
    storages.storage().stop(Duration.ZERO);
    store = store.next();
    storages = Storages.start(store, clock);
  }

  /** All samples as {@code labels -> time=value ...}. */
  private TreeMap<String, String> all() {
    TreeMap<String, String> result = new TreeMap<>();
    try (Querier querier = storages.storage().querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(Long.MIN_VALUE, Long.MAX_VALUE, List.of());
      while (set.next()) {
        result.put(set.labels().toString(), text(set.samples()));
      }
    }
    return result;
  }

  private static String text(SampleCursor cursor) {
    long[] times = new long[100];
    double[] values = new double[100];
    List<String> samples = new ArrayList<>();
    int n;
    while ((n = cursor.read(times, values, 0, 100)) >= 0) {
      for (int i = 0; i < n; i++) {
        samples.add(times[i] - 1_700_000_000_000L + "=" + values[i]);
      }
    }
    return String.join(" ", samples);
  }

  private void add(Appender appender, String name, double value) {
    assertThat(appender.append(appender.slot(Labels.of("n", name)), clock.wallMillis(), value))
        .isEqualTo(AppendOutcome.ACCEPTED);
  }

  private void commit(Appender appender, String name, double value) {
    add(appender, name, value);
    appender.commit();
  }

  @Test
  void failedCommitLeavesNothingNowOrAfterRestart() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      commit(appender, "a", 1);
      clock.advance(1);
      add(appender, "a", 2);
      add(appender, "b", 2);
      store.failAppends(0, 1);
      assertThatThrownBy(appender::commit)
          .isInstanceOfSatisfying(
              NarthexException.class,
              e -> {
                assertThat(e.code()).isEqualTo(StorageErrors.LOG_FAILED);
                assertThat(e)
                    .hasMessage("the log did not take the samples: no space left on device");
              });
      assertThat(all()).containsOnlyKeys("{n=\"a\"}").containsValue("0=1.0");
      assertThat(storages.counters().logFailures()).isEqualTo(1);

      commit(appender, "a", 3);
      clock.advance(1);
      commit(appender, "b", 4);
    }
    var expected =
        new TreeMap<>(java.util.Map.of("{n=\"a\"}", "0=1.0 1=3.0", "{n=\"b\"}", "2=4.0"));
    assertThat(all()).isEqualTo(expected);
    restart();
    assertThat(all()).isEqualTo(expected);
    assertThat(storages.problems()).isEmpty();
  }

  @Test
  void commitOfSeveralPartsThatFailsHalfwayLeavesNothing() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      commit(appender, "first", 1);
      clock.advance(1);
      for (int i = 0; i < 30_000; i++) {
        add(appender, "a-name-that-makes-the-document-large-%06d".formatted(i), i);
      }
      store.failAppends(1, 1);
      assertThatThrownBy(appender::commit).isInstanceOf(NarthexException.class);
      assertThat(all()).hasSize(1);
      commit(appender, "last", 2);
    }
    assertThat(all()).containsOnlyKeys("{n=\"first\"}", "{n=\"last\"}");
    restart();
    assertThat(all()).containsOnlyKeys("{n=\"first\"}", "{n=\"last\"}");
    assertThat(storages.problems()).isEmpty();
  }

  @Test
  void segmentReplaysWithoutTheOnesBefore() {
    Position beforeLast;
    try (Appender appender = storages.storage().appender(SOURCE)) {
      commit(appender, "a", 1);
      commit(appender, "gone", 1);
      beforeLast =
          storages.log().end(1).index() > 0 ? storages.log().end(1) : storages.log().end(0);
      clock.advance(3 * 3_600_000);
      commit(appender, "a", 1);
      clock.advance(1);
      commit(appender, "a", 1.5);
    }
    storages.log().trim(beforeLast);
    restart();
    assertThat(all()).hasSize(1).containsEntry("{n=\"a\"}", "10800000=1.0 10800001=1.5");
    assertThat(storages.problems()).isEmpty();
  }

  @Test
  void restOfAReleasedSegmentIsPassedOver() {
    Position first;
    try (Appender appender = storages.storage().appender(SOURCE)) {
      commit(appender, "a", 1);
      first = storages.log().end(1).index() > 0 ? storages.log().end(1) : storages.log().end(0);
      clock.advance(1);
      commit(appender, "a", 2);
      clock.advance(3 * 3_600_000);
      commit(appender, "a", 3);
    }
    storages.log().trim(first);
    restart();
    assertThat(all()).containsEntry("{n=\"a\"}", "10800001=3.0");
  }

  @Test
  void retentionDropsFromHeadAndLog() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      for (int day = 0; day < 20; day++) {
        commit(appender, "a", day);
        if (day < 3) {
          commit(appender, "old", day);
        }
        clock.advance(DAY);
      }
      assertThat(storages.storage().retain()).isEqualTo(1);
      assertThat(all()).containsOnlyKeys("{n=\"a\"}");
      assertThat(storages.head().stats().series()).isEqualTo(1);
      assertThat(storages.storage().retain()).isZero();

      commit(appender, "old", 7);
      assertThat(all()).containsEntry("{n=\"old\"}", 20 * DAY + "=7.0");
    }
    restart();
    assertThat(all().get("{n=\"a\"}")).startsWith(5 * DAY + "=5.0").endsWith("=19.0");
    assertThat(all()).containsEntry("{n=\"old\"}", 20 * DAY + "=7.0");
  }

  @Test
  void fullHeadTakesNoNewSeriesButGoesOn() {
    storages.storage().stop(Duration.ZERO);
    storages = Storages.start(store, clock, new IngestLimits(DAY, 600_000, 20_000));
    try (Appender appender = storages.storage().appender(SOURCE)) {
      int[] made = new int[1];
      // So that series take more than their samples.
      String longText = "n".repeat(400);
      assertThatThrownBy(
              () -> {
                for (; made[0] < 1000; made[0]++) {
                  commit(appender, longText + made[0], 1);
                }
              })
          .isInstanceOfSatisfying(
              NarthexException.class,
              e -> {
                assertThat(e.code()).isEqualTo(StorageErrors.SERIES_LIMIT);
                assertThat(e)
                    .hasMessageMatching(
                        "head size limit exceeded: series take \\d+ bytes of at most 10000, half of"
                            + " the head's 20000; new series \\{n=\"n+\\d+\"} is refused, series"
                            + " that exist go on");
              });
      assertThat(made[0]).isBetween(10, 100);
      clock.advance(1);
      commit(appender, longText + "0", 2);
      assertThat(all())
          .containsEntry("{n=\"%s0\"}".formatted(longText), "0=1.0 1=2.0")
          .hasSize(made[0]);
    }
  }

  @Test
  void hugeLabelsAreRefused() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      assertThatThrownBy(() -> appender.slot(Labels.of("__name__", "m", "v", "x".repeat(70_000))))
          .isInstanceOf(NarthexException.class)
          .hasMessage(
              "the labels of series \"m\" have 70010 characters, at most 65536 can be stored");
    }
  }

  @Test
  void refusedSamplesAreCounted() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      commit(appender, "a", 1);
      int slot = appender.slot(Labels.of("n", "a"));
      long t = clock.wallMillis();
      appender.append(slot, t, 1);
      appender.append(slot, t, 2);
      appender.append(slot, t - 1, 2);
      appender.append(slot, t + 600_001, 2);
      assertThat(appender.append(slot, t + 600_000, 2)).isEqualTo(AppendOutcome.ACCEPTED);
    }
    assertThat(storages.counters().duplicates()).isEqualTo(1);
    assertThat(storages.counters().outOfOrder()).isEqualTo(1);
    assertThat(storages.counters().outOfBounds()).isEqualTo(1);
    assertThat(storages.counters().samples()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, a-log-of-version-1.0.hex, 0",
    "1.1, a-log-of-version-1.1.hex, 1",
    "2.0, a-log-of-version-2.0.hex, 1"
  })
  void formatsOfThePastAreRead(String version, String file, int exemplars) throws IOException {
    storages.storage().stop(Duration.ZERO);
    DurableLog log = store.open("samples");
    try (InputStream in = HeadStorageTest.class.getResourceAsStream(file)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        byte[] document = HexFormat.of().parseHex(line);
        log.append(0, MemorySegment.ofArray(document)).toCompletableFuture().join();
      }
    }
    log.close();
    storages = Storages.start(store = store.next(), clock);

    assertThat(storages.problems()).isEmpty();
    assertThat(all())
        .isEqualTo(
            new TreeMap<>(
                java.util.Map.of(
                    "{__name__=\"a\", job=\"ü\"}", "0=1.0 15000=2.5",
                    "{__name__=\"b\"}", "0=NaN")));
    List<ExemplarSeries> found =
        storages.storage().exemplars(0, Long.MAX_VALUE, List.of(List.of()));
    assertThat(found).hasSize(exemplars);
    if (exemplars > 0) {
      assertThat(found)
          .containsExactly(
              new ExemplarSeries(
                  Labels.of("__name__", "a", "job", "ü"),
                  List.of(
                      new Exemplar(Labels.of("trace_id", "x"), 0.5, 1_700_000_014_999L),
                      new Exemplar(Labels.EMPTY, 2, 1_700_000_015_000L))));
    }
  }

  @Test
  void formatOfTheFutureIsNotRead() {
    storages.storage().stop(Duration.ZERO);
    DurableLog log = store.open("samples");
    byte[] bytes = {1, 'N', 'T', 'X', 'S', 3, 1, 0, 0, 1};
    log.append(0, MemorySegment.ofArray(bytes)).toCompletableFuture().join();
    log.close();

    assertThatThrownBy(() -> Storages.start(store, clock))
        .isInstanceOf(NarthexException.class)
        .hasMessageContaining(
            "have format 3.1, this version reads 1.x to 2.x: use the version that wrote them or a newer"
                + " one");
  }

  @Test
  void badDocumentEndsItsSegmentOnly() {
    try (Appender appender = storages.storage().appender(SOURCE)) {
      commit(appender, "a", 1);
      int partition = storages.log().end(1).index() > 0 ? 1 : 0;
      storages
          .log()
          .append(partition, MemorySegment.ofArray(new byte[] {99}))
          .toCompletableFuture()
          .join();
      clock.advance(1);
      commit(appender, "a", 2);
    }
    restart();
    assertThat(all()).containsEntry("{n=\"a\"}", "0=1.0");
    assertThat(storages.problems())
        .singleElement()
        .asString()
        .contains("a document of the unknown kind 99");
  }

  @Test
  void leasesAreGivenBack() {
    Appender appender = storages.storage().appender(SOURCE);
    assertThat(storages.storage().stop(Duration.ofMillis(50))).isFalse();
    appender.close();
    store = store.next();
    storages = Storages.start(store, clock);
    Appender other = storages.storage().appender(SOURCE);
    storages.storage().querier(0, 1).close();
    other.close();
    assertThat(storages.storage().stop(Duration.ofSeconds(5))).isTrue();
  }
}
