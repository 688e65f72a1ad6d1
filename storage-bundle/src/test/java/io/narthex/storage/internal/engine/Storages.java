package io.narthex.storage.internal.engine;

import io.narthex.api.metrics.Counter;
import io.narthex.api.time.Clock;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogStore;
import io.narthex.storage.internal.append.HeadRoom;
import io.narthex.storage.internal.append.IngestCounters;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.storage.internal.checkpoint.Checkpoints;
import io.narthex.storage.internal.disk.DiskRoom;
import io.narthex.storage.internal.exemplar.ExemplarRing;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.panel.SealedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A storage as the component makes one, without the component. */
record Storages(
    HeadStorage storage,
    Head head,
    HeadRoom room,
    ExemplarRing exemplars,
    DurableLog log,
    Replay replay,
    IngestCounters counters,
    Checkpoints checkpoints) {
  private static final Path NOWHERE = Path.of("/dev/null/nowhere");
  static final int MAX_EXEMPLARS = 1000;
  static final IngestLimits LIMITS = new IngestLimits(15 * 86_400_000L, 600_000, 1L << 30);

  /** One that has a log only. */
  static Storages start(LogStore store, Clock clock, IngestLimits limits) {
    return start(store, clock, limits, new Head(), DiskRoom.UNLIMITED, NOWHERE);
  }

  /** One on a disk with so much room. */
  static Storages start(LogStore store, Clock clock, IngestLimits limits, DiskRoom disk) {
    return start(store, clock, limits, new Head(), disk, NOWHERE);
  }

  /** One that keeps what is sealed, and checkpoints, in a folder. */
  static Storages start(LogStore store, Clock clock, IngestLimits limits, Path folder) {
    return start(
        store, clock, limits, new Head(new SealedFiles(folder)), DiskRoom.UNLIMITED, folder);
  }

  /** One that keeps what is sealed in these files. */
  static Storages start(LogStore store, Clock clock, IngestLimits limits, SealedFiles files) {
    return start(store, clock, limits, files, DiskRoom.UNLIMITED);
  }

  /** One that keeps what is sealed in these files, on a disk with so much room. */
  static Storages start(
      LogStore store, Clock clock, IngestLimits limits, SealedFiles files, DiskRoom disk) {
    return start(store, clock, limits, new Head(files), disk, NOWHERE);
  }

  private static Storages start(
      LogStore store, Clock clock, IngestLimits limits, Head head, DiskRoom disk, Path folder) {
    DurableLog log = store.open("samples");
    HeadRoom room = new HeadRoom(head, limits.headBytes());
    ExemplarRing exemplars = new ExemplarRing(MAX_EXEMPLARS);
    IngestCounters counters = new IngestCounters(new NoCounter(), new NoCounter(), Map.of());
    Checkpoints checkpoints = new Checkpoints(folder, head, exemplars, clock);
    Replay replay = new Replay(log, head, exemplars, room, checkpoints);
    return new Storages(
        new HeadStorage(
            log, head, exemplars, room, clock, limits, counters, disk, checkpoints, replay.run()),
        head,
        room,
        exemplars,
        log,
        replay,
        counters,
        checkpoints);
  }

  static Storages start(LogStore store, Clock clock) {
    return start(store, clock, LIMITS);
  }

  List<String> problems() {
    return replay.problems();
  }

  private static final class NoCounter implements Counter {
    @Override
    public void add(double amount) {}

    @Override
    public Counter labels(String... values) {
      return this;
    }
  }
}
