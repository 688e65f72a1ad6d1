package io.narthex.storage.internal.labels;

import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Vector;

/**
 * A bit for each id that was ever given out: whether the series is removed. Kept over clean-ups, so
 * that readers of an older generation see removals too.
 */
final class RemovedSeries implements AutoCloseable {
  private static final int LONG_BITS = 3;
  private static final int IDS_PER_WORD_BITS = 6;

  private final PagePool pool = new PagePool(MemoryKind.LABELS);
  private final Vector words = new Vector(pool, LONG_BITS);

  /** Makes room for an id that is not removed. */
  void ensure(int series) {
    words.ensure(series >>> IDS_PER_WORD_BITS);
  }

  boolean has(int series) {
    long word = words.find(series >>> IDS_PER_WORD_BITS);
    return word != 0 && (Memory.getLong(word) >>> series & 1) != 0;
  }

  void add(int series) {
    long word = words.ensure(series >>> IDS_PER_WORD_BITS);
    Memory.putLong(word, Memory.getLong(word) | 1L << series);
  }

  long bytes() {
    return words.bytes();
  }

  @Override
  public void close() {
    pool.close();
  }
}
