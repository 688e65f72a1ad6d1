package io.narthex.tck.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.NarthexException;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Storage} must do. A test class of yours extends this one and says how a storage
 * starts and stops. Its topics are the classes that it extends; here is the life of a storage.
 */
public abstract class StorageContract extends StorageExemplarContract {
  @Test
  void samplesSurviveRestarts() {
    long t = now() - 10_000;
    List<Sample> expected = new ArrayList<>();
    for (int start = 0; start < 3; start++) {
      try (Appender appender = storage().appender(SOURCE)) {
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
    try (Appender appender = storage().appender(SOURCE)) {
      int slot = appender.slot(UP);
      assertThat(appender.append(slot, t, 1)).isEqualTo(AppendOutcome.OUT_OF_ORDER);
    }
  }

  @Test
  void stoppedStorageRefusesAndCancels() throws InterruptedException {
    Storage stopped = storage();
    Appender appender = stopped.appender(SOURCE);
    commit(appender, UP, now(), 1);
    Querier querier = stopped.querier(0, Long.MAX_VALUE);
    SeriesSet set = querier.select(0, Long.MAX_VALUE, List.of());
    int slot = appender.slot(UP);
    Thread stopper = Thread.ofPlatform().start(this::stop);
    awaitStopped(stopped);

    assertCode(() -> stopped.querier(0, 1), StorageErrors.STOPPED);
    assertCode(() -> stopped.exemplars(0, 1, List.of()), StorageErrors.STOPPED);
    assertCode(set::next, StorageErrors.STOPPED);
    assertCode(() -> appender.append(slot, now() + 1, 1), StorageErrors.STOPPED);
    assertCode(appender::commit, StorageErrors.STOPPED);
    appender.close();
    querier.close();
    stopper.join();
    startStorage();
    assertThat(all()).hasSize(1);
  }

  @Test
  void closedQuerierFails() {
    Querier querier = storage().querier(0, Long.MAX_VALUE);
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
}
