package io.narthex.storage.internal.head;

import java.util.Map;
import java.util.TreeMap;

/** At which commits the open readers opened. May be used from any thread. */
final class ReadMarks {
  private final TreeMap<Long, Integer> open = new TreeMap<>();

  synchronized void add(long mark) {
    open.merge(mark, 1, Integer::sum);
  }

  synchronized void remove(long mark) {
    open.computeIfPresent(mark, (ignored, n) -> n == 1 ? null : n - 1);
  }

  /** The oldest, or {@link Long#MAX_VALUE}. */
  synchronized long oldest() {
    Map.Entry<Long, Integer> first = open.firstEntry();
    return first == null ? Long.MAX_VALUE : first.getKey();
  }
}
