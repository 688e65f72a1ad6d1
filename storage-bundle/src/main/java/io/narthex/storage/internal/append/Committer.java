package io.narthex.storage.internal.append;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.CommitReceipt;
import io.narthex.api.storage.Exemplar;
import io.narthex.api.storage.ExemplarOutcome;
import io.narthex.api.storage.StorageErrors;
import io.narthex.api.time.Clock;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.Position;
import io.narthex.storage.internal.checkpoint.CheckpointedLog;
import io.narthex.storage.internal.checkpoint.Checkpoints;
import io.narthex.storage.internal.disk.DiskRoom;
import io.narthex.storage.internal.document.BadDocumentException;
import io.narthex.storage.internal.document.SegmentStart;
import io.narthex.storage.internal.exemplar.ExemplarRing;
import io.narthex.storage.internal.failpoint.FailPoint;
import io.narthex.storage.internal.head.DocumentApplier;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.lease.Leases;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The critical section of a commit: check, encode, append to the log, apply to the head. So the
 * order of the log is the order of acceptance, and what a check let in is what replay lets in.
 * Nothing is changed before the log has the commit, so a failed one needs no undoing. May be used
 * from any thread.
 */
public final class Committer implements CheckpointedLog {
  /** As often a segment begins at least; it is what trimming the log goes by. */
  private static final long SEGMENT_MILLIS = 2 * 60 * 60 * 1000;

  private final Lock lock = new ReentrantLock();
  private final DurableLog log;
  private final Head head;
  private final ExemplarRing exemplars;
  private final HeadRoom room;
  private final Clock clock;
  private final IngestLimits limits;
  private final IngestCounters counters;
  private final Leases leases;
  private final DiskRoom disk;
  private final List<Partition> partitions = new ArrayList<>();
  private volatile long lateMillis;
  private int segments;
  private int markedSegments;
  private long unmarkedBytes;

  /** A segment that is not longer may be where a checkpoint stands. */
  private static final long FRESH_BYTES = Checkpoints.LOG_BYTES / 16;

  private static final class Partition {
    final DocumentApplier applier;
    final SegmentLedger ledger;
    final CommitEncoding encoding;
    Position last;
    Position beforeSegment;
    long segmentBytes;
    long period = Long.MIN_VALUE;
    int segment;

    Partition(DocumentApplier applier, CommitEncoding encoding, SegmentLedger ledger) {
      this.encoding = encoding;
      this.applier = applier;
      this.ledger = ledger;
      this.last = ledger.end();
      this.beforeSegment = last;
    }
  }

  /**
   * A committer to a log that has been replayed.
   *
   * @param ledgers what each partition holds, by number
   */
  public Committer(
      DurableLog log,
      Head head,
      ExemplarRing exemplars,
      HeadRoom room,
      Clock clock,
      IngestLimits limits,
      IngestCounters counters,
      Leases leases,
      DiskRoom disk,
      List<SegmentLedger> ledgers) {
    this.log = log;
    this.head = head;
    this.exemplars = exemplars;
    this.room = room;
    this.clock = clock;
    this.limits = limits;
    this.counters = counters;
    this.leases = leases;
    this.disk = disk;
    for (int i = 0; i < log.partitions(); i++) {
      partitions.add(
          new Partition(
              new DocumentApplier(head, exemplars, false),
              new CommitEncoding(head),
              ledgers.get(i)));
    }
  }

  IngestCounters counters() {
    return counters;
  }

  Head head() {
    return head;
  }

  HeadRoom room() {
    return room;
  }

  ExemplarOutcome check(Labels of, Exemplar exemplar) {
    return exemplars.check(of, exemplar);
  }

  long oldestAllowed() {
    return clock.wallMillis() - limits.retentionMillis();
  }

  long newestAllowed() {
    return clock.wallMillis() + limits.futureMillis();
  }

  CommitReceipt commit(SlotAppender transaction) {
    lock.lock();
    try {
      leases.check();
      Partition partition = partitions.get(transaction.partition());
      if (transaction.isEmpty()) {
        return new CommitReceipt(partition.last, 0, 0);
      }
      disk.require();
      ensureSegment(partition, transaction.partition());
      List<DocumentApplier.Part> parts =
          partition.encoding.encode(
              transaction, counters::refused, partition.applier, partition.segment);
      if (parts.isEmpty()) {
        return new CommitReceipt(partition.last, 0, 0);
      }
      Position position = append(partition, transaction.partition(), parts);
      NarthexException unsynced = limits.syncsEachCommit() ? sync() : null;
      CommitReceipt receipt = applied(partition, position, parts);
      transaction.bindNewSeries();
      room.keep();
      if (unsynced != null) {
        throw unsynced;
      }
      return receipt;
    } finally {
      lock.unlock();
    }
  }

  /** Hides what some series have by now within a range of time, here and after a restart. */
  public void delete(List<Labels> series, long minTime, long maxTime) {
    lock.lock();
    try {
      leases.check();
      disk.require();
      Partition partition = partitions.getFirst();
      ensureSegment(partition, 0);
      List<DocumentApplier.Part> parts =
          partition.encoding.encodeDeletion(
              series, minTime, maxTime, partition.applier, partition.segment);
      if (!parts.isEmpty()) {
        Position position = append(partition, 0, parts);
        NarthexException unsynced = limits.syncsEachCommit() ? sync() : null;
        applied(partition, position, parts);
        if (unsynced != null) {
          throw unsynced;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** How much older than the newest sample one may be that comes out of order; 0: not at all. */
  public void lateWindow(long millis) {
    lateMillis = millis;
  }

  /** From when on a sample may come out of order; {@link Long#MAX_VALUE}: none may. */
  long lateFrom() {
    long window = lateMillis;
    if (window <= 0) {
      return Long.MAX_VALUE;
    }
    long newest = head.stats().maxTime();
    return newest < Long.MIN_VALUE + window ? Long.MIN_VALUE : newest - window;
  }

  private Position append(Partition partition, int number, List<DocumentApplier.Part> parts) {
    Position position = append(partition, number, parts.getFirst());
    for (DocumentApplier.Part part : parts.subList(1, parts.size())) {
      FailPoint.MID_COMMIT.reach();
      position = append(partition, number, part);
    }
    return position;
  }

  private CommitReceipt applied(
      Partition partition, Position position, List<DocumentApplier.Part> parts) {
    partition.last = position;
    FailPoint.AFTER_LOG_BEFORE_APPLY.reach();
    DocumentApplier.Applied applied = apply(partition, parts);
    FailPoint.AFTER_APPLY_BEFORE_ACK.reach();
    partition.ledger.extend(position, applied.maxTime());
    counters.committed(applied);
    return new CommitReceipt(position, applied.samples(), applied.newSeries());
  }

  private DocumentApplier.Applied apply(Partition partition, List<DocumentApplier.Part> parts) {
    try {
      return partition.applier.apply(parts);
    } catch (BadDocumentException e) {
      partition.period = Long.MIN_VALUE;
      throw new NarthexException(
          StorageErrors.LOG_FAILED,
          "a document that was just encoded does not decode: a defect in storage",
          e);
    }
  }

  private void ensureSegment(Partition partition, int number) {
    long period = Math.floorDiv(clock.wallMillis(), SEGMENT_MILLIS);
    if (partition.applier.inSegment() && period <= partition.period) {
      return;
    }
    byte[] start = SegmentStart.of(log.epoch()).encode();
    Position before = partition.last;
    partition.last = append(partition, number, new DocumentApplier.Part(start, start.length));
    FailPoint.MID_SEGMENT_ROLL.reach();
    partition.beforeSegment = before;
    partition.segmentBytes = 0;
    partition.segment = ++segments;
    partition.applier.startSegment(partition.segment, SegmentStart.MAJOR);
    partition.ledger.begin(partition.last);
    partition.period = period;
  }

  private Position append(Partition partition, int number, DocumentApplier.Part part) {
    try {
      Position position =
          log.append(number, MemorySegment.ofArray(part.bytes()).asSlice(0, part.length()))
              .toCompletableFuture()
              .join();
      counters.logged(part.length());
      partition.segmentBytes += part.length();
      unmarkedBytes += part.length();
      return position;
    } catch (CompletionException | NarthexException e) {
      counters.logFailed();
      disk.look();
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      throw new NarthexException(
          StorageErrors.LOG_FAILED,
          "the log did not take the samples: " + cause.getMessage(),
          cause);
    }
  }

  /**
   * Brings the log to the disk; gives what the commit fails with if that cannot be done. The commit
   * is in the log then, and a replay has it; so it is applied all the same, but not acknowledged.
   */
  private @Nullable NarthexException sync() {
    try {
      log.sync();
      return null;
    } catch (NarthexException e) {
      counters.logFailed();
      return new NarthexException(
          StorageErrors.LOG_FAILED,
          "the samples are in the log, but a loss of power may cost them, since the log could not be brought to the disk: %s; they can be sent again"
              .formatted(e.getMessage()),
          e);
    }
  }

  /** Drops series that are not written to any more, if there is hardly room for new ones. */
  public void keepRoomForSeries() {
    lock.lock();
    try {
      room.keepRoomForSeries();
    } finally {
      lock.unlock();
    }
  }

  /** Drops what is older from the head and from the log. */
  public int dropBefore(long time) {
    lock.lock();
    try {
      int dropped = head.dropBefore(time);
      for (Partition partition : partitions) {
        partition.ledger.releaseBefore(time).ifPresent(log::trim);
      }
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long bytesSinceMark() {
    lock.lock();
    try {
      return unmarkedBytes;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean hasBegunSince() {
    lock.lock();
    try {
      return segments > markedSegments;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Position> mark(boolean atEnd) {
    lock.lock();
    try {
      unmarkedBytes = 0;
      markedSegments = segments;
      List<Position> marks = new ArrayList<>();
      for (Partition partition : partitions) {
        boolean isFresh = partition.applier.inSegment() && partition.segmentBytes <= FRESH_BYTES;
        if (isFresh && !atEnd) {
          marks.add(partition.beforeSegment);
        } else {
          partition.applier.endSegment();
          marks.add(partition.last);
        }
      }
      return marks;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void trim(List<Position> upTo) {
    lock.lock();
    try {
      upTo.forEach(log::trim);
    } finally {
      lock.unlock();
    }
  }

  /** Frees what it has outside of the heap; nothing is committed any more. */
  public void close() {
    lock.lock();
    try {
      partitions.forEach(partition -> partition.applier.endSegment());
    } finally {
      lock.unlock();
    }
  }

  /** Syncs and closes the log, after the commit that is running, if any. */
  public void closeLog() {
    lock.lock();
    try {
      log.close();
    } finally {
      lock.unlock();
    }
  }
}
