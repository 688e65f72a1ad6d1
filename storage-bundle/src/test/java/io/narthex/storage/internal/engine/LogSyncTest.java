package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendOutcome;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.StorageErrors;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogStore;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.tck.log.InMemoryLogStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the log is brought to the disk. */
class LogSyncTest {
  private final TestClock clock = new TestClock();
  private final LogStore logs = new InMemoryLogStore();
  private int syncs;
  private boolean fails;

  /** The log, which counts its syncs. */
  private DurableLog counting(String name) {
    DurableLog log = logs.open(name);
    return (DurableLog)
        Proxy.newProxyInstance(
            DurableLog.class.getClassLoader(),
            new Class<?>[] {DurableLog.class},
            (self, method, arguments) -> {
              if (method.getName().equals("sync")) {
                syncs++;
                if (fails) {
                  throw new NarthexException(LogErrors.WRITE, "the disk is gone");
                }
              }
              try {
                return method.invoke(log, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private int syncsOfTwoCommits(boolean syncsEachCommit) {
    Storages storages =
        Storages.start(
            this::counting,
            clock,
            new IngestLimits(15 * 86_400_000L, 600_000, 1L << 30, syncsEachCommit));
    try (Appender appender = storages.storage().appender(new AppendSource("a", "b"))) {
      for (int i = 0; i < 2; i++) {
        clock.advance(1000);
        appender.append(appender.slot(Labels.of("n", "x")), clock.wallMillis(), i);
        assertThat(appender.commit().samples()).isEqualTo(1);
      }
    }
    return syncs;
  }

  @Test
  void eachCommitIsSyncedWithTheIntervalZero() {
    assertThat(syncsOfTwoCommits(true)).isEqualTo(2);
  }

  @Test
  void commitThatCannotBeSyncedIsNotAcknowledgedAndStaysConsistent() {
    IngestLimits limits = new IngestLimits(15 * 86_400_000L, 600_000, 1L << 30, true);
    Storages storages = Storages.start(this::counting, clock, limits);
    try (Appender appender = storages.storage().appender(new AppendSource("a", "b"))) {
      int slot = appender.slot(Labels.of("n", "x"));
      appender.append(slot, clock.wallMillis(), 1);
      fails = true;
      assertThatThrownBy(appender::commit)
          .isInstanceOfSatisfying(
              NarthexException.class, e -> assertThat(e.code()).isEqualTo(StorageErrors.LOG_FAILED))
          .hasMessage(
              "the samples are in the log, but a loss of power may cost them, since the log could"
                  + " not be brought to the disk: the disk is gone; they can be sent again");
      assertThat(storages.counters().logFailures()).isEqualTo(1);

      // The head has what a replay will have: the same sample again changes nothing, another at
      // its time is refused.
      fails = false;
      assertThat(appender.append(slot, clock.wallMillis(), 1))
          .isEqualTo(AppendOutcome.ALREADY_THERE);
      assertThat(appender.append(slot, clock.wallMillis(), 2))
          .isEqualTo(AppendOutcome.DUPLICATE_TIMESTAMP);
      clock.advance(1000);
      assertThat(appender.append(slot, clock.wallMillis(), 3)).isEqualTo(AppendOutcome.ACCEPTED);
      assertThat(appender.commit().samples()).isEqualTo(1);
    }
    storages.storage().stop(Duration.ofSeconds(1));
    Storages next = Storages.start(logs, clock);
    assertThat(next.problems()).isEmpty();
    assertThat(next.replay().samples()).isEqualTo(2);
  }

  @Test
  void commitsAreLeftToTheTimerOtherwise() {
    assertThat(syncsOfTwoCommits(false)).isZero();
  }

  @Test
  void whatFailsIsCountedAndTriedAgain() {
    LogSync sync = new LogSync(counting("samples"));
    fails = true;
    sync.run();
    sync.run();
    fails = false;
    sync.run();

    assertThat(sync.failures()).isEqualTo(2);
    assertThat(syncs).isEqualTo(3);
  }
}
