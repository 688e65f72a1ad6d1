package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.LogStore;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.storage.internal.log.InMemoryLogStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
