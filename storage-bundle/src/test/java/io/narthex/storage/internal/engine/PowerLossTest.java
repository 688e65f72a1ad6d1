package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The power fails: of what was written since the last sync any page may be on the disk or not, any
 * file may be shorter, and one that is new may not be there. What was synced is read, the rest as
 * far as it is sound; what is lost is told at the first start, and not at the second.
 */
class PowerLossTest {
  private static final int SEEDS = 50;

  private final TestClock clock = new TestClock();
  private final long[] next = new long[CrashModel.WRITERS];

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatWasSyncedIsReadAndTheRestAsFarAsItIsSound(long seed) throws IOException {
    Random random = new Random(seed);
    Path live = folder.resolve("live");
    Storages before = CrashChild.open(live, clock);
    commit(before, random.nextInt(120));
    before.storage().stop(Duration.ofSeconds(5));

    SyncedFiles disk = new SyncedFiles(live);
    Storages running = CrashChild.open(live, clock);
    long[] synced = next.clone();
    disk.synced();
    for (int i = random.nextInt(4); i >= 0; i--) {
      commit(running, random.nextInt(120));
      running.log().sync();
      synced = next.clone();
      disk.synced();
    }
    commit(running, random.nextInt(150));
    Path lost = folder.resolve("lost");
    disk.afterPowerLoss(random, lost);
    running.storage().stop(Duration.ofSeconds(5));

    long[] written = next.clone();
    CrashOracle oracle = CrashOracle.ofPowerLoss(synced, written);
    Storages first = CrashChild.open(lost, clock);
    oracle.checkSamples(first);
    assertThat(first.problems())
        .as("what is lost is told")
        .allSatisfy(problem -> assertThat(problem).contains(lost.toString()));
    commit(first, 70);
    oracle.acknowledged(next);
    oracle.checkSamples(first);
    first.storage().stop(Duration.ofSeconds(5));

    Storages second = CrashChild.open(lost, clock);
    assertThat(second.problems()).as("told once").isEmpty();
    oracle.checkSamples(second);
    second.storage().stop(Duration.ofSeconds(5));
  }

  /** So many commits of each writer. */
  private void commit(Storages to, int commits) {
    for (int writer = 0; writer < CrashModel.WRITERS; writer++) {
      try (Appender appender = to.storage().appender(new AppendSource("test", "" + writer))) {
        for (int i = 0; i < commits; i++) {
          long commit = next[writer]++;
          clock.advance(Math.max(0, CrashModel.time(writer, commit) - clock.wallMillis()));
          CrashModel.commit(
              writer,
              commit,
              (labels, time, value) -> appender.append(appender.slot(labels), time, value));
          appender.commit();
        }
      }
    }
  }
}
