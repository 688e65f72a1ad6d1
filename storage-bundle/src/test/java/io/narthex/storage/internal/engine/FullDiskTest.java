package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageErrors;
import io.narthex.storage.internal.disk.DiskRoom;
import io.narthex.tck.log.InMemoryLogStore;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Samples are not taken while the disk has too little room; all else goes on. */
class FullDiskTest {
  private final TestClock clock = new TestClock();
  private long usable = 10_000;
  private int resumed;
  private final DiskRoom room = new DiskRoom(() -> usable, () -> 1000);
  private final Notices notices = new Notices();
  private final DiskWatch watch = new DiskWatch(room, notices, () -> resumed++);
  private final TreeMap<String, String> shown = new TreeMap<>();
  private final Storages storages =
      Storages.start(new InMemoryLogStore(), clock, Storages.LIMITS, room);

  private void commit() {
    clock.advance(1000);
    try (Appender appender = storages.storage().appender(new AppendSource("a", "b"))) {
      appender.append(appender.slot(Labels.of("n", "x")), clock.wallMillis(), 1);
      appender.commit();
    }
  }

  private int samples() {
    try (Querier querier = storages.storage().querier(0, Long.MAX_VALUE)) {
      SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
      int n = 0;
      while (set.next()) {
        n += Math.max(0, set.samples().read(new long[10], new double[10], 0, 10));
      }
      return n;
    }
  }

  private void look(long bytes) {
    usable = bytes;
    watch.run();
  }

  @Test
  void commitsAreRefusedAndQueriesGoOn() {
    commit();
    look(999);
    assertThatThrownBy(this::commit)
        .isInstanceOfSatisfying(
            NarthexException.class, e -> assertThat(e.code()).isEqualTo(StorageErrors.NO_ROOM));
    assertThat(samples()).isEqualTo(1);
    look(2000);
    commit();
    assertThat(samples()).isEqualTo(2);
  }

  @Test
  void operatorIsToldWhileItLasts() {
    notices.bind(new ShownNotifications(shown));
    look(1000);
    assertThat(shown).isEmpty();
    look(500);
    look(400);
    assertThat(shown)
        .containsOnlyKeys(DiskWatch.STOPPED)
        .containsValue(
            "No samples are taken, since the disk has 400 bytes left, and samples are taken again"
                + " when it has 2000. Queries go on. Nothing need be restarted.");
    assertThat(resumed).isZero();
    look(3000);
    look(3000);
    assertThat(shown).isEmpty();
    assertThat(resumed).isEqualTo(1);
  }
}
