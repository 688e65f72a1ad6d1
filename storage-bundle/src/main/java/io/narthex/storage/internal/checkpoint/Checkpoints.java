package io.narthex.storage.internal.checkpoint;

import io.narthex.api.error.NarthexException;
import io.narthex.api.time.Clock;
import io.narthex.spi.log.Position;
import io.narthex.storage.internal.exemplar.ExemplarRing;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.head.HeadImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes checkpoints of a head while commits go on, keeps the two newest, and lets the log forget
 * what is before the older of them.
 *
 * <p>A checkpoint is <i>fuzzy</i>. It stands at a position of the log, and has all that came before
 * it and has not been dropped since; of what came after it may have any part, panel by panel and
 * series by series, since each piece is copied at a moment of its own. A start goes on with the log
 * from that position, and passes over what is there already: rows that are not newer than their
 * panel's last, samples in no row that are not newer than their series' last such one. So it does
 * not matter when which piece was copied, and commits need not wait.
 *
 * <p>Sealed rows are in the checkpoint only as places in the files that have them, which are synced
 * before the checkpoint counts; those that could not be written there are in it themselves.
 *
 * <p>May be used from any thread; one at a time makes checkpoints.
 */
public final class Checkpoints {
  private static final Logger logger = LoggerFactory.getLogger(Checkpoints.class);

  private static final int KEPT = 2;

  /** With so much more log, another checkpoint is due. */
  public static final long LOG_BYTES = 32L << 20;

  /**
   * With so many times its own size at least: each segment defines all series again, which takes
   * about as much as they take in a checkpoint.
   */
  private static final int TIMES_ITS_SIZE = 4;

  /** It is not made again before so many times as long has passed as the last one took. */
  private static final int TIMES_AS_LONG = 10;

  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(30);
  private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(16);

  private final CheckpointFolder folder;
  private final Head head;
  private final ExemplarRing exemplars;
  private final Clock clock;
  private final AtomicLong made = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong deleted = new AtomicLong();
  private final AtomicLong deletesFailed = new AtomicLong();
  private volatile long lastBytes;
  private volatile long lastNanos;
  private volatile boolean cancelled;
  private boolean hasPause;
  private long pausedUntil;
  private long pause = FIRST_PAUSE;
  private long number = -1;

  /** The positions of the newest that are there, the newest last. */
  private final List<Kept> kept = new ArrayList<>();

  private record Kept(long number, List<Position> after) {}

  /** Checkpoints in a folder, which is made when it is needed. */
  public Checkpoints(Path folder, Head head, ExemplarRing exemplars, Clock clock) {
    this.folder = new CheckpointFolder(folder);
    this.head = head;
    this.exemplars = exemplars;
    this.clock = clock;
  }

  /** How many were made. */
  public long made() {
    return made.get();
  }

  /** How many could not be made. */
  public long failed() {
    return failed.get();
  }

  /** How many old ones were deleted. */
  public long deleted() {
    return deleted.get();
  }

  /** How often an old one could not be deleted. */
  public long deletesFailed() {
    return deletesFailed.get();
  }

  /** The bytes of the newest, or 0. */
  public long lastBytes() {
    return lastBytes;
  }

  /** How long it took to make the newest. */
  public long lastNanos() {
    return lastNanos;
  }

  /**
   * Brings the newest whole checkpoint into the head, which must be empty, and the sealed rows that
   * it names.
   *
   * @param keepRoom called now and then, to drop the oldest if it is too much
   */
  public Restored restore(Runnable keepRoom) {
    Restored restored = new Restoring(folder, head, exemplars, keepRoom).run();
    restored.problems().addAll(head.resume(restored.origin() == null, keepRoom));
    lastBytes = restored.bytes();
    return restored;
  }

  /** Makes a checkpoint if it is time to; says whether it has made one. */
  public synchronized boolean makeIfDue(CheckpointedLog log) {
    long bytes = log.bytesSinceMark();
    boolean isDue =
        bytes >= Math.max(LOG_BYTES, TIMES_ITS_SIZE * lastBytes)
            || bytes > 0 && log.hasBegunSince();
    boolean isPaused = hasPause && clock.monotonicNanos() - pausedUntil < 0;
    return isDue && !isPaused && make(log, false);
  }

  /**
   * Makes a checkpoint; says whether it could. What goes wrong is counted and logged, and it is
   * tried again later; nothing is deleted then.
   */
  public synchronized boolean make(CheckpointedLog log) {
    return make(log, false);
  }

  private boolean make(CheckpointedLog log, boolean atEnd) {
    if (cancelled) {
      return false;
    }
    long began = clock.monotonicNanos();
    try {
      List<Position> after = log.mark(atEnd);
      long bytes = write(after);
      long now = clock.monotonicNanos();
      lastBytes = bytes;
      lastNanos = now - began;
      made.incrementAndGet();
      pause = FIRST_PAUSE;
      pauseFor(TIMES_AS_LONG * lastNanos);
      logger
          .atInfo()
          .addKeyValue("number", number)
          .addKeyValue("bytes", bytes)
          .addKeyValue("ms", lastNanos / 1_000_000)
          .log("checkpoint made");
      deleteOlder();
      if (kept.size() == KEPT) {
        log.trim(kept.getFirst().after());
      }
      return true;
    } catch (IOException | NarthexException e) {
      if (!cancelled) {
        notMade(e);
      }
      return false;
    }
  }

  /** Ends a checkpoint that is being made; no other is made but {@link #makeLast}. */
  public void cancel() {
    cancelled = true;
  }

  /** The last one of this process, after {@link #cancel}. */
  public synchronized boolean makeLast(CheckpointedLog log) {
    cancelled = false;
    try {
      return make(log, true);
    } finally {
      cancelled = true;
    }
  }

  private void notMade(Exception e) {
    failed.incrementAndGet();
    pauseFor(pause);
    pause = Math.min(LONGEST_PAUSE, pause * 2);
    logger
        .atError()
        .addKeyValue("folder", folder.path())
        .addKeyValue("err", e.toString())
        .log("a checkpoint could not be made, it is tried again later: the log grows meanwhile");
  }

  private void pauseFor(long nanos) {
    hasPause = true;
    pausedUntil = clock.monotonicNanos() + nanos;
  }

  private long write(List<Position> after) throws IOException {
    Files.createDirectories(folder.path());
    if (number < 0) {
      List<Long> numbers = folder.newestFirst();
      number = numbers.isEmpty() ? 0 : numbers.getFirst();
      numbers.stream().limit(KEPT).sorted().forEach(this::keep);
    }
    Path file = folder.temporary(++number);
    HeadImage image = new HeadImage(head);
    image.retryFiles();
    long bytes;
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      bytes =
          new CheckpointWriter(channel, () -> cancelled)
              .write(
                  new Origin(clock.wallMillis(), after, image.nextPanel()), image, exemplars.all());
      // What it names in the files of sealed rows has to be there before it counts.
      image.syncFiles();
      folder.sync();
      channel.force(true);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    folder.commit(number);
    kept.add(new Kept(number, after));
    return bytes;
  }

  private void keep(long of) {
    try {
      kept.add(new Kept(of, CheckpointReader.origin(folder.file(of)).after()));
    } catch (IOException | NarthexException e) {
      logger.atDebug().setCause(e).log("an older checkpoint cannot be read");
    }
  }

  private void deleteOlder() throws IOException {
    while (kept.size() > KEPT) {
      kept.removeFirst();
    }
    for (long each : folder.newestFirst()) {
      if (each < kept.getFirst().number()) {
        deleted.incrementAndGet();
        try {
          Files.delete(folder.file(each));
        } catch (IOException e) {
          deletesFailed.incrementAndGet();
          logger.atWarn().addKeyValue("err", e.toString()).log("a checkpoint cannot be deleted");
        }
      }
    }
  }
}
