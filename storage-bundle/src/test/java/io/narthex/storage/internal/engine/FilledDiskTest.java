package io.narthex.storage.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.error.NarthexException;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.StorageErrors;
import io.narthex.storage.internal.disk.DiskRoom;
import io.narthex.storage.internal.log.ChronicleLogStore;
import io.narthex.storage.internal.panel.SealedFiles;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process fills the disk in a moment, in the midst of commits: none that was acknowledged
 * is lost, queries go on, and commits do when there is room again, without a restart.
 */
class FilledDiskTest {
  private static final int MEGABYTES = 80;
  private static final int TIMES = 3;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final TestClock clock = new TestClock();
  private final long[] next = new long[CrashModel.WRITERS];

  @TempDir Path folder;

  @Test
  void commitsGoOnAfterATmpfsWasFull() throws Exception {
    try (SmallDisk disk = SmallDisk.tmpfs(folder, MEGABYTES)) {
      fillAndEmpty(disk, true);
    }
  }

  @Test
  void commitsGoOnAfterAnExt4WasFull() throws Exception {
    try (SmallDisk disk = SmallDisk.ext4(folder, MEGABYTES)) {
      fillAndEmpty(disk, true);
    }
  }

  /** As if it had become full between two looks at the room that it has. */
  @Test
  void commitsGoOnAfterATmpfsWasFullThatNobodyWatched() throws Exception {
    try (SmallDisk disk = SmallDisk.tmpfs(folder, MEGABYTES)) {
      fillAndEmpty(disk, false);
    }
  }

  @Test
  void commitsGoOnAfterAnExt4WasFullThatNobodyWatched() throws Exception {
    try (SmallDisk disk = SmallDisk.ext4(folder, MEGABYTES)) {
      fillAndEmpty(disk, false);
    }
  }

  private Storages open(Path data, DiskRoom room) {
    return Storages.start(
        ChronicleLogStore.in(data, 1, clock::wallMillis),
        clock,
        CrashModel.LIMITS,
        new SealedFiles(data.resolve("head"), 64 << 10),
        room);
  }

  private void fillAndEmpty(SmallDisk disk, boolean watched) throws Exception {
    Path data = disk.folder().resolve("data");
    DiskRoom room = watched ? DiskRoom.of(disk.folder(), () -> 0) : DiskRoom.UNLIMITED;
    Storages storages = open(data, room);
    CrashOracle oracle = new CrashOracle();
    for (int time = 0; time < TIMES; time++) {
      for (int i = 0; i < 40; i++) {
        assertThat(commit(storages)).isEmpty();
      }
      Process filling = disk.fill();
      String refused = commitUntil(storages, false);
      assertThat(filling.waitFor()).as("the disk is full").isEqualTo(1);
      assertThat(refused).isNotEmpty();
      for (int i = 0; i < 20; i++) {
        commit(storages);
        sync(storages);
        if (watched) {
          room.look();
        }
      }
      oracle.acknowledged(next);
      oracle.checkSamples(storages);
      disk.empty();
      room.look();
      commitUntil(storages, true);
      storages.storage().diskHasRoom();
    }
    for (int i = 0; i < 100; i++) {
      assertThat(commit(storages)).isEmpty();
    }
    storages.log().sync();
    oracle.acknowledged(next);
    oracle.checkSamples(storages);
    storages.storage().stop(Duration.ofSeconds(5));

    Storages again = open(data, room);
    assertThat(again.problems())
        .allSatisfy(problem -> assertThat(problem).contains("is broken from byte"));
    oracle.checkSamples(again);
    again.storage().stop(Duration.ofSeconds(5));
  }

  private static void sync(Storages storages) {
    try {
      storages.log().sync();
    } catch (NarthexException e) {
      assertThat(e).hasMessageContaining("cannot be synced");
    }
  }

  /** Commits until one is taken, or until one is not; gives what was said last. */
  private String commitUntil(Storages storages, boolean taken) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    String said;
    do {
      said = commit(storages);
      assertThat(System.nanoTime()).as("still %s", said).isLessThan(deadline);
    } while (said.isEmpty() != taken);
    return said;
  }

  /** One commit of each writer, again if it was refused; gives why one was, or nothing. */
  private String commit(Storages storages) {
    String said = "";
    for (int writer = 0; writer < CrashModel.WRITERS; writer++) {
      long commit = next[writer];
      clock.advance(Math.max(0, CrashModel.time(writer, commit) - clock.wallMillis()));
      try (Appender appender = storages.storage().appender(new AppendSource("test", "" + writer))) {
        CrashModel.commit(
            writer,
            commit,
            (labels, time, value) -> appender.append(appender.slot(labels), time, value));
        appender.commit();
        next[writer]++;
      } catch (NarthexException e) {
        assertThat(e.code()).isIn(StorageErrors.LOG_FAILED, StorageErrors.NO_ROOM);
        said = String.valueOf(e.getMessage());
      }
    }
    return said;
  }
}
