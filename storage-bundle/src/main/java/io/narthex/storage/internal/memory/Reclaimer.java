package io.narthex.storage.internal.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Frees what was taken out of use once no reader is left that may have seen it. Readers are known
 * by the commit at which they opened: what is retired after commit {@code n} may be seen by those
 * of {@code n} and before. Its owner calls it under one lock.
 */
public final class Reclaimer {
  private final LongSupplier commit;
  private final LongSupplier oldestReader;
  private final Deque<Retired> retired = new ArrayDeque<>();

  private record Retired(long commit, Runnable free) {}

  /**
   * A reclaimer with nothing to free.
   *
   * @param commit the latest commit
   * @param oldestReader the commit of the oldest open reader, {@link Long#MAX_VALUE} without one
   */
  public Reclaimer(LongSupplier commit, LongSupplier oldestReader) {
    this.commit = commit;
    this.oldestReader = oldestReader;
  }

  /** Runs it when no reader of now is left; at once if there is none. */
  public void retire(Runnable free) {
    if (oldestReader.getAsLong() == Long.MAX_VALUE) {
      free.run();
    } else {
      retired.add(new Retired(commit.getAsLong(), free));
    }
  }

  /** Frees what no reader can see any more. */
  public void reclaim() {
    long oldest = oldestReader.getAsLong();
    while (!retired.isEmpty() && retired.peekFirst().commit() < oldest) {
      retired.removeFirst().free().run();
    }
  }

  /** How much waits for readers. */
  public int waiting() {
    return retired.size();
  }
}
