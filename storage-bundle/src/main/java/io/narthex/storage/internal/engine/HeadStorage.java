package io.narthex.storage.internal.engine;

import io.narthex.api.model.Matcher;
import io.narthex.api.storage.AppendSource;
import io.narthex.api.storage.Appender;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.ExemplarSeries;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.Storage;
import io.narthex.api.time.Clock;
import io.narthex.spi.log.DurableLog;
import io.narthex.storage.internal.append.Committer;
import io.narthex.storage.internal.append.HeadRoom;
import io.narthex.storage.internal.append.IngestCounters;
import io.narthex.storage.internal.append.IngestLimits;
import io.narthex.storage.internal.append.SegmentLedger;
import io.narthex.storage.internal.append.SlotAppender;
import io.narthex.storage.internal.checkpoint.Checkpoints;
import io.narthex.storage.internal.disk.DiskRoom;
import io.narthex.storage.internal.exemplar.ExemplarRing;
import io.narthex.storage.internal.failpoint.FailPoint;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.lease.Leases;
import io.narthex.storage.internal.query.HeadQuerier;
import io.narthex.storage.internal.query.Selectors;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One generation of the storage: a replayed head, its log, and the leases on both. Owns the log.
 */
final class HeadStorage implements Storage {
  private static final int RETENTION_STEPS = 256;

  private final DurableLog log;
  private final Head head;
  private final ExemplarRing exemplars;
  private final Clock clock;
  private final IngestLimits limits;
  private final Leases leases = new Leases();
  private final Checkpoints checkpoints;
  private final Committer committer;
  private long retainedFrom;

  HeadStorage(
      DurableLog log,
      Head head,
      ExemplarRing exemplars,
      HeadRoom room,
      Clock clock,
      IngestLimits limits,
      IngestCounters counters,
      DiskRoom disk,
      Checkpoints checkpoints,
      List<SegmentLedger> ledgers) {
    this.log = log;
    this.head = head;
    this.exemplars = exemplars;
    this.clock = clock;
    this.limits = limits;
    this.checkpoints = checkpoints;
    this.committer =
        new Committer(log, head, exemplars, room, clock, limits, counters, leases, disk, ledgers);
  }

  @Override
  public Appender appender(AppendSource source) {
    int hash = 31 * source.kind().hashCode() + source.key().hashCode();
    return new SlotAppender(committer, leases, Math.floorMod(hash, log.partitions()));
  }

  @Override
  public Querier querier(long minTime, long maxTime) {
    return new HeadQuerier(head, leases, minTime, maxTime);
  }

  @Override
  public List<ExemplarSeries> exemplars(long minTime, long maxTime, List<List<Matcher>> selectors) {
    leases.take();
    try {
      return exemplars.select(minTime, maxTime, new Selectors(selectors));
    } finally {
      leases.giveBack();
    }
  }

  @Override
  public void delete(long minTime, long maxTime, List<List<Matcher>> selectors) {
    try (HeadQuerier querier = new HeadQuerier(head, leases, minTime, maxTime)) {
      committer.delete(querier.labels(selectors), minTime, maxTime);
    }
  }

  @Override
  public CompletionStage<Void> visible(CommitReceipt receipt, Duration limit) {
    return CompletableFuture.completedFuture(null);
  }

  /** How much older than the newest sample one may be that comes out of order; 0: not at all. */
  void lateWindow(long millis) {
    committer.lateWindow(millis);
  }

  /**
   * Drops what is older than the retention; gives how many series went. Looks at all series, so it
   * does so only when there is a little more to drop than last time. Also keeps room for new
   * series. For use by one thread.
   */
  int retain() {
    committer.keepRoomForSeries();
    long from = clock.wallMillis() - limits.retentionMillis();
    if (from < retainedFrom + limits.retentionMillis() / RETENTION_STEPS) {
      return 0;
    }
    retainedFrom = from;
    return committer.dropBefore(from);
  }

  /** The disk, which was full, has room again. */
  void diskHasRoom() {
    head.keepSealedAgain();
  }

  /** Makes a checkpoint if it is time to; says whether it has made one. */
  boolean checkpointIfDue() {
    return checkpoints.makeIfDue(committer);
  }

  /** Makes a checkpoint; says whether it could. */
  boolean checkpoint() {
    return checkpoints.make(committer);
  }

  /**
   * Refuses new leases and cancels those that run; closes the log when the last came back, or after
   * the limit. The head's memory is freed when the last came back, and not before.
   */
  boolean stop(Duration limit) {
    boolean allBack = leases.stop(limit);
    checkpoints.cancel();
    FailPoint.MID_STOP.reach();
    head.sealAll();
    checkpoints.makeLast(committer);
    committer.closeLog();
    leases.whenAllBack(
        () -> {
          committer.close();
          head.close();
        });
    return allBack;
  }
}
