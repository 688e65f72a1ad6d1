package io.narthex.storage.internal.log;

import io.narthex.spi.log.DurableLog;

/** A log that knows how far a reading is, so that who replays it can say so. */
public interface MeasuredLog extends DurableLog {
  /**
   * How much of what there is to read the {@link #read} in progress, or the last one, has behind
   * it: 0 to 1.
   */
  double readProgress();
}
