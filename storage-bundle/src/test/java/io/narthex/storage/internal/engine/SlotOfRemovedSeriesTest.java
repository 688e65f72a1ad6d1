package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SeriesSet;
import io.narthex.tck.log.InMemoryLogStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An appender keeps no labels of series, yet its slots go on when the head has removed those. */
class SlotOfRemovedSeriesTest {
  private static final int SERIES = 100;

  private final TestClock clock = new TestClock();
  private final Storages storages = Storages.start(new InMemoryLogStore(), clock);
  private final Appender appender =
      storages.storage().appender(new AppendSource("scrape", "target"));

  private static Labels labels(int i) {
    return Labels.of("__name__", "m", "i", "" + i);
  }

  private void append(Appender to, int from, int end) {
    clock.advance(1000);
    for (int i = from; i < end; i++) {
      to.append(to.slot(labels(i)), clock.wallMillis(), i);
    }
    to.commit();
  }

  private List<Labels> found() {
    List<Labels> all = new ArrayList<>();
    try (Querier querier = storages.storage().querier(0, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
      while (set.next()) {
        all.add(set.labels());
      }
    }
    return all;
  }

  private int makeAndRemove() {
    append(appender, 0, SERIES);
    clock.advance(3_600_000);
    int removed = storages.head().dropBefore(clock.wallMillis());
    assertThat(storages.head().stats().series()).isZero();
    return removed;
  }

  @Test
  void slotsStayAndTheirSeriesComeBackByThem() {
    assertThat(makeAndRemove()).isEqualTo(SERIES);
    for (int i = SERIES - 1; i >= 0; i--) {
      assertThat(appender.slot(labels(i))).isEqualTo(i);
    }
    assertThat(appender.slot(labels(SERIES))).isEqualTo(SERIES);
    clock.advance(1000);
    for (int slot = 0; slot <= SERIES; slot++) {
      appender.append(slot, clock.wallMillis(), 1);
    }
    assertThat(appender.commit().newSeries()).isEqualTo(SERIES + 1);
    assertThat(found()).hasSize(SERIES + 1).contains(labels(0), labels(SERIES - 1)).isSorted();
    for (int i = 0; i <= SERIES; i++) {
      assertThat(appender.slot(labels(i))).isEqualTo(i);
    }
  }

  @Test
  void anotherMayBringTheSeriesBack() {
    makeAndRemove();
    try (Appender other = storages.storage().appender(new AppendSource("scrape", "other"))) {
      append(other, 0, SERIES);
    }
    clock.advance(1000);
    for (int slot = 0; slot < SERIES; slot++) {
      appender.append(slot, clock.wallMillis(), 1);
    }
    assertThat(appender.commit().newSeries()).isZero();
    assertThat(found()).hasSize(SERIES);
  }

  @Test
  void labelsThatNobodyNeedsGoWithTheNextCleanUp() {
    long empty = storages.head().stats().seriesBytes();
    makeAndRemove();
    assertThat(storages.head().stats().seriesBytes()).as("held").isGreaterThan(empty + SERIES);
    appender.close();
    storages.head().dropBefore(clock.wallMillis());
    storages.head().shrinkTo(0);
    assertThat(storages.head().stats().seriesBytes()).isEqualTo(empty);
  }
}
