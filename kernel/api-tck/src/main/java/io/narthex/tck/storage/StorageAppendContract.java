package io.narthex.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.model.StaleMarker;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Appending: slots, outcomes, transactions. */
abstract class StorageAppendContract extends StorageTrial {
  @Test
  void committedSamplesAreVisibleSortedByLabels() {
    Labels other = Labels.of(Labels.METRIC_NAME, "down", "job", "z");
    try (Appender appender = storage().appender(SOURCE)) {
      long t = now();
      assertThat(appender.append(appender.slot(UP), t, 1)).isEqualTo(AppendOutcome.ACCEPTED);
      assertThat(appender.append(appender.slot(other), t, 2)).isEqualTo(AppendOutcome.ACCEPTED);
      CommitReceipt receipt = appender.commit();

      assertThat(receipt.samples()).isEqualTo(2);
      assertThat(receipt.newSeries()).isEqualTo(2);
      assertThat(storage().visible(receipt, Duration.ofSeconds(5)).toCompletableFuture())
          .succeedsWithin(Duration.ofSeconds(5));
      assertThat(all())
          .containsExactly(
              new Found(other, List.of(Sample.of(t, 2))), new Found(UP, List.of(Sample.of(t, 1))));
    }
  }

  @Test
  void nothingIsVisibleBeforeTheCommitAndAfterRollback() {
    try (Appender appender = storage().appender(SOURCE)) {
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
    Appender appender = storage().appender(SOURCE);
    appender.append(appender.slot(UP), now(), 1);
    appender.close();
    appender.close();

    assertThat(all()).isEmpty();
  }

  @Test
  void equalLabelsHaveOneSlot() {
    try (Appender appender = storage().appender(SOURCE)) {
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
    try (Appender appender = storage().appender(SOURCE)) {
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
    try (Appender one = storage().appender(SOURCE);
        Appender two = storage().appender(new AppendSource("test", "another"))) {
      one.append(one.slot(UP), t, 1);
      two.append(two.slot(UP), t, 2);
      assertThat(two.commit().samples()).isEqualTo(1);
      assertThat(one.commit().samples()).isZero();
    }
    assertThat(all()).containsExactly(new Found(UP, List.of(Sample.of(t, 2))));
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
    try (Appender appender = storage().appender(SOURCE)) {
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
  void largeCommitIsKeptAsAWhole() {
    long t = now();
    int series = 20_000;
    try (Appender appender = storage().appender(SOURCE)) {
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
}
