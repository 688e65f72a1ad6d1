package io.narthex.storage.internal.checkpoint;

import io.narthex.spi.log.Position;
import java.util.List;

/**
 * Where a checkpoint stands.
 *
 * @param wallMillis when it was begun
 * @param after a position of each partition of the log: all documents up to it are in the
 *     checkpoint, and the first after it begins a segment; some that come after it may be in it too
 * @param nextPanel no panel in it has this id or a higher one
 */
public record Origin(long wallMillis, List<Position> after, int nextPanel) {
  /** Copies the list. */
  public Origin {
    after = List.copyOf(after);
  }
}
