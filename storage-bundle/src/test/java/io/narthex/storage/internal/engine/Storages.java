package io.narthex.storage.internal.engine;

import io.narthex.api.metrics.Counter;
import io.narthex.api.time.Clock;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogStore;
import io.narthex.storage.internal.append.HeadRoom;
import io.narthex.storage.internal.append.IngestCounters;
import io.narthex.storage.internal.append.IngestLimits;
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
    IngestCounters counters) {
  static final int MAX_EXEMPLARS = 1000;
  static final IngestLimits LIMITS = new IngestLimits(15 * 86_400_000L, 600_000, 1L << 30);

  static Storages start(LogStore store, Clock clock, IngestLimits limits) {
    return start(store, clock, limits, new Head(), DiskRoom.UNLIMITED);
  }

  /** One on a disk with so much room. */
  static Storages start(LogStore store, Clock clock, IngestLimits limits, DiskRoom disk) {
    return start(store, clock, limits, new Head(), disk);
  }

  /** One that keeps what is sealed in a folder. */
  static Storages start(LogStore store, Clock clock, IngestLimits limits, Path folder) {
    return start(store, clock, limits, new SealedFiles(folder));
  }

  /** One that keeps what is sealed in these files. */
  static Storages start(LogStore store, Clock clock, IngestLimits limits, SealedFiles files) {
    return start(store, clock, limits, files, DiskRoom.UNLIMITED);
  }

  /** One that keeps what is sealed in these files, on a disk with so much room. */
  static Storages start(
      LogStore store, Clock clock, IngestLimits limits, SealedFiles files, DiskRoom disk) {
    return start(store, clock, limits, new Head(files), disk);
  }

  private static Storages start(
      LogStore store, Clock clock, IngestLimits limits, Head head, DiskRoom disk) {
    DurableLog log = store.open("samples");
    HeadRoom room = new HeadRoom(head, limits.headBytes());
    ExemplarRing exemplars = new ExemplarRing(MAX_EXEMPLARS);
    IngestCounters counters = new IngestCounters(new NoCounter(), new NoCounter(), Map.of());
    Replay replay = new Replay(log, head, exemplars, room);
    return new Storages(
        new HeadStorage(log, head, exemplars, room, clock, limits, counters, disk, replay.run()),
        head,
        room,
        exemplars,
        log,
        replay,
        counters);
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
