package io.narthex.storage.internal.chunk;

import io.narthex.api.model.histogram.CounterResetHint;

/**
 * What a chunk says about the counts of its first histogram, in the top two bits of its third byte
 * (upstream: {@code CounterResetHeader} in {@code tsdb/chunkenc/histogram.go}).
 */
public enum CounterResetHeader {
  /** Nothing; whoever needs it compares with the chunk before. */
  UNKNOWN,
  /** The chunk goes on where the one before ended. */
  NOT_RESET,
  /** The chunk was begun because the counts began anew. */
  RESET,
  /** The chunk holds gauges. */
  GAUGE;

  /** Where the byte is. */
  static final int POSITION = 2;

  private static final int SHIFT = 6;
  private static final CounterResetHeader[] ALL = values();

  byte toByte() {
    return (byte) (ordinal() << SHIFT);
  }

  static CounterResetHeader of(byte header) {
    return ALL[(header & 0xff) >>> SHIFT];
  }

  /** What the histogram at a place from 0 may say of itself. */
  CounterResetHint hint(int place) {
    if (this == GAUGE) {
      return CounterResetHint.GAUGE;
    }
    // Of the first nothing, whatever the header says: the chunk before may be gone, or have come
    // later.
    return place > 0 ? CounterResetHint.NOT_RESET : CounterResetHint.UNKNOWN;
  }
}
