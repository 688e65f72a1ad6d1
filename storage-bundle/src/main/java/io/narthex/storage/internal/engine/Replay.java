package io.narthex.storage.internal.engine;

import io.narthex.api.error.NarthexException;
import io.narthex.spi.log.DurableLog;
import io.narthex.spi.log.LogErrors;
import io.narthex.spi.log.Position;
import io.narthex.storage.internal.append.HeadRoom;
import io.narthex.storage.internal.append.SegmentLedger;
import io.narthex.storage.internal.checkpoint.Checkpoints;
import io.narthex.storage.internal.checkpoint.Origin;
import io.narthex.storage.internal.checkpoint.Restored;
import io.narthex.storage.internal.document.BadDocumentException;
import io.narthex.storage.internal.document.DocumentDecoder;
import io.narthex.storage.internal.document.SegmentStart;
import io.narthex.storage.internal.exemplar.ExemplarRing;
import io.narthex.storage.internal.failpoint.FailPoint;
import io.narthex.storage.internal.head.DocumentApplier;
import io.narthex.storage.internal.head.Head;
import io.narthex.storage.internal.log.MeasuredLog;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a log holds into an empty head, partition by partition and epoch by epoch. One thread
 * replays; any may ask for the progress.
 */
final class Replay {
  private final DurableLog log;
  private final Head head;
  private final ExemplarRing exemplars;
  private final HeadRoom room;
  private final Checkpoints checkpoints;
  private final List<String> problems = new ArrayList<>();
  private volatile boolean cancelled;
  private final AtomicLong bytes = new AtomicLong();
  private long samples;
  private long skipped;
  private long restored;
  private int segmentNames = Integer.MIN_VALUE;

  /** After the newest of some checkpoints. */
  Replay(
      DurableLog log, Head head, ExemplarRing exemplars, HeadRoom room, Checkpoints checkpoints) {
    this.log = log;
    this.head = head;
    this.exemplars = exemplars;
    this.room = room;
    this.checkpoints = checkpoints;
  }

  /** How far it is, for people. */
  String progress() {
    return log instanceof MeasuredLog measured
        ? "replaying the log: %d %%".formatted((int) (100 * measured.readProgress()))
        : "replaying the log: %d bytes".formatted(bytes.get());
  }

  /** Makes {@link #run} end soon, with an exception. */
  void cancel() {
    cancelled = true;
  }

  /** Samples that came into the head. */
  long samples() {
    return samples;
  }

  /** Samples that a checkpoint had, beside sealed rows. */
  long restored() {
    return restored;
  }

  /** What had to be left out, for people. */
  List<String> problems() {
    return problems;
  }

  /** Takes the newest checkpoint and replays the log after it; gives what each partition holds. */
  List<SegmentLedger> run() {
    Restored checkpoint = checkpoints.restore(this::keepRoom);
    problems.addAll(checkpoint.problems());
    restored = checkpoint.samples();
    List<SegmentLedger> ledgers = new ArrayList<>();
    for (int partition = 0; partition < log.partitions(); partition++) {
      Position after = after(checkpoint.origin(), partition);
      PartitionReplay replay = new PartitionReplay(after);
      problems.addAll(log.read(partition, after, replay));
      replay.endEpoch();
      ledgers.add(replay.ledger);
    }
    head.replayed();
    // After a checkpoint much of the log is there already.
    if (skipped > 0 && checkpoint.origin() == null) {
      problems.add(
          "%d samples were not newer than their series' last and are left out".formatted(skipped));
    }
    return ledgers;
  }

  private static Position after(@Nullable Origin checkpoint, int partition) {
    return checkpoint == null || partition >= checkpoint.after().size()
        ? Position.start(partition)
        : checkpoint.after().get(partition);
  }

  private void keepRoom() {
    stopIfCancelled();
    room.keep();
  }

  private void stopIfCancelled() {
    if (cancelled || Thread.currentThread().isInterrupted()) {
      throw new NarthexException(LogErrors.CLOSED, "the replay was cancelled");
    }
  }

  private final class PartitionReplay implements DurableLog.DocumentReader {
    private final SegmentLedger ledger;
    private final DocumentApplier applier = new DocumentApplier(head, exemplars, true);
    private final List<DocumentApplier.Part> parts = new ArrayList<>();
    private long epoch;

    PartitionReplay(Position after) {
      ledger = new SegmentLedger(after);
    }

    @Override
    public void document(Position position, MemorySegment document) {
      stopIfCancelled();
      FailPoint.MID_REPLAY.reach();
      bytes.addAndGet(document.byteSize());
      if (position.epoch() != epoch) {
        endEpoch();
        epoch = position.epoch();
      }
      try {
        apply(position, document.toArray(ValueLayout.JAVA_BYTE));
      } catch (BadDocumentException e) {
        applier.endSegment();
        parts.clear();
        problems.add("%s: %s; left out up to the next segment".formatted(position, e.getMessage()));
      }
    }

    private void apply(Position position, byte[] document) {
      switch (DocumentDecoder.kind(document, document.length)) {
        case DocumentDecoder.Kind.Segment(SegmentStart start) -> begin(position, start);
        case DocumentDecoder.Kind.Part part -> add(position, part, document);
      }
    }

    private void begin(Position position, SegmentStart start) {
      if (!start.isReadable()) {
        throw new NarthexException(
            LogErrors.OPEN,
            "the samples at %s have format %d.%d, this version reads 1.x to %d.x: use the version that wrote them or a newer one"
                .formatted(position, start.major(), start.minor(), SegmentStart.MAJOR));
      }
      applier.startSegment(segmentNames++, start.major());
      ledger.begin(position);
      parts.clear();
    }

    private void add(Position position, DocumentDecoder.Kind.Part part, byte[] document) {
      if (!applier.inSegment()) {
        // Trimming deletes whole files, so the end of a segment that was released may still be
        // here.
        return;
      }
      if (part.number() == 0) {
        parts.clear();
      }
      if (part.number() != parts.size()) {
        throw new BadDocumentException(
            "part %d of a commit stands where %d should".formatted(part.number(), parts.size()));
      }
      parts.add(new DocumentApplier.Part(document, document.length));
      if (part.last()) {
        DocumentApplier.Applied applied = applier.apply(parts);
        parts.clear();
        samples += applied.samples();
        skipped += applied.skipped();
        ledger.extend(position, applied.maxTime());
        room.keep();
      }
    }

    /** A commit that the process did not finish before it ended was never acknowledged. */
    void endEpoch() {
      applier.endSegment();
      parts.clear();
    }
  }
}
