package io.narthex.storage.internal.series;

import java.util.Arrays;

/** How many samples a series had after its latest commits: pairs (commit, samples after it). */
final class VisibleHistory {
  private long[] pairs = new long[4];
  private int length;

  /** Adds a pair; may forget what no reader from the oldest on needs. */
  void add(long commit, long samples, long oldestReader) {
    if (length == pairs.length) {
      forgetBefore(oldestReader);
      pairs = length > pairs.length / 2 ? Arrays.copyOf(pairs, pairs.length * 2) : pairs;
    }
    pairs[length++] = commit;
    pairs[length++] = samples;
  }

  /** Keeps the last pair that the oldest reader can see, and what came after it. */
  private void forgetBefore(long oldestReader) {
    int first = 0;
    while (first + 2 < length && pairs[first + 2] <= oldestReader) {
      first += 2;
    }
    System.arraycopy(pairs, first, pairs, 0, length - first);
    length -= first;
  }

  /** The samples that a reader of this mark sees. */
  long at(long mark) {
    for (int i = length - 2; i >= 0; i -= 2) {
      if (pairs[i] <= mark) {
        return pairs[i + 1];
      }
    }
    return 0;
  }
}
