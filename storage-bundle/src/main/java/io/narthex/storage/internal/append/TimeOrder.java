package io.narthex.storage.internal.append;

import java.util.Arrays;

/**
 * The samples of a transaction that go in, in order of their times; those of one time in the order
 * in which they came. To be used again and again, by one thread.
 */
final class TimeOrder {
  private int[] order = new int[64];
  private int[] merged = {};
  private int size;
  private boolean sorted;
  private boolean single;
  private long last;

  void clear() {
    size = 0;
    sorted = true;
    single = true;
  }

  void add(int sample, long time) {
    if (size == order.length) {
      order = Arrays.copyOf(order, size + size / 2);
    }
    if (size > 0) {
      single &= time == last;
      sorted &= time >= last;
    }
    last = time;
    order[size++] = sample;
  }

  int size() {
    return size;
  }

  int get(int i) {
    return order[i];
  }

  /** Whether all have one time. */
  boolean isSingle() {
    return single;
  }

  /** Brings them in order, by a merge sort from below, since that keeps what is equal. */
  void sort(long[] times) {
    if (sorted) {
      return;
    }
    if (merged.length < size) {
      merged = new int[order.length];
    }
    for (int width = 1; width < size; width *= 2) {
      for (int from = 0; from < size; from += 2 * width) {
        merge(times, from, Math.min(from + width, size), Math.min(from + 2 * width, size));
      }
      int[] before = order;
      order = merged;
      merged = before.length < order.length ? new int[order.length] : before;
    }
    sorted = true;
  }

  private void merge(long[] times, int from, int middle, int end) {
    int left = from;
    int right = middle;
    for (int to = from; to < end; to++) {
      boolean takeLeft =
          left < middle && (right >= end || times[order[left]] <= times[order[right]]);
      merged[to] = takeLeft ? order[left++] : order[right++];
    }
  }
}
