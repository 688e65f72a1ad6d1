package io.narthex.storage.internal.checkpoint;

import io.narthex.spi.log.Position;
import java.util.List;

/** What a checkpoint needs of who writes the log. May be used from any thread. */
public interface CheckpointedLog {
  /** How many bytes were appended since the last {@link #mark}. */
  long bytesSinceMark();

  /** Whether a segment has begun for another reason than a mark since the last one. */
  boolean hasBegunSince();

  /**
   * Positions, one of each partition, all that is up to which is in the head, and after which a
   * segment begins: with the next commit, unless one has begun shortly before.
   *
   * @param atEnd whether they are to be those of the last documents in any case
   */
  List<Position> mark(boolean atEnd);

  /** Documents up to these positions are not needed any more. */
  void trim(List<Position> upTo);
}
