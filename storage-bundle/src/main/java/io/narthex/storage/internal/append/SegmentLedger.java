package io.narthex.storage.internal.append;

import io.narthex.spi.log.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Which segments a log partition holds and how new their samples are, so that the log can be
 * trimmed. A segment is read without those before it, so any number of the oldest may go. Guarded
 * by the commit lock; replay uses it before there is a committer.
 */
public final class SegmentLedger {
  private final Deque<Segment> segments = new ArrayDeque<>();
  private Position end;

  /** A ledger of what comes after a position. */
  public SegmentLedger(Position after) {
    end = after;
  }

  /** The position of the last document. */
  Position end() {
    return end;
  }

  private static final class Segment {
    private Position last;
    private long maxTime = Long.MIN_VALUE;

    Segment(Position start) {
      last = start;
    }
  }

  /** A segment began with the document at this position. */
  public void begin(Position start) {
    segments.addLast(new Segment(start));
    end = start;
  }

  /** The newest segment has a document more. */
  public void extend(Position position, long maxTime) {
    end = position;
    Segment newest = segments.peekLast();
    if (newest != null) {
      newest.last = position;
      newest.maxTime = Math.max(newest.maxTime, maxTime);
    }
  }

  /**
   * Up to where the log holds only samples that are older than this; forgets those segments. The
   * newest segment stays.
   */
  public Optional<Position> releaseBefore(long time) {
    Position upTo = null;
    while (segments.size() > 1 && segments.getFirst().maxTime < time) {
      upTo = segments.removeFirst().last;
    }
    return Optional.ofNullable(upTo);
  }
}
