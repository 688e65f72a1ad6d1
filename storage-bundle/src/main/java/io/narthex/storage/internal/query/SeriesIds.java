package io.narthex.storage.internal.query;

import io.narthex.storage.internal.labels.LabelView;
import java.util.Arrays;

/** The numbers of selected series. For use by one thread. */
final class SeriesIds {
  private static final int FEW = 8;
  private static final int CHECK_EVERY = 1 << 16;

  private int[] ids = new int[64];
  private int size;

  void add(int series) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size + size / 2);
    }
    ids[size++] = series;
  }

  int size() {
    return size;
  }

  int get(int i) {
    return ids[i];
  }

  /** The numbers, and more. */
  int[] array() {
    return ids;
  }

  /** Leaves the first ones only. */
  void cut(int to) {
    size = to;
  }

  /**
   * Brings them in the order of their labels, in as much memory as they take.
   *
   * @param check called now and then; what it throws ends the sorting
   */
  void sort(LabelView view, Runnable check) {
    int[] from = ids;
    int[] to = new int[size];
    for (int begin = 0; begin < size; begin += FEW) {
      insertionSort(view, from, begin, Math.min(size, begin + FEW));
    }
    for (long width = FEW; width < size; width *= 2) {
      for (long begin = 0; begin < size; begin += 2 * width) {
        if (begin % CHECK_EVERY < 2 * width) {
          check.run();
        }
        int middle = (int) Math.min(size, begin + width);
        merge(view, from, to, (int) begin, middle, (int) Math.min(size, begin + 2 * width));
      }
      int[] merged = to;
      to = from;
      from = merged;
    }
    ids = from;
  }

  private static void insertionSort(LabelView view, int[] ids, int begin, int end) {
    for (int i = begin + 1; i < end; i++) {
      int moved = ids[i];
      int at = i;
      for (; at > begin && view.compare(ids[at - 1], moved) > 0; at--) {
        ids[at] = ids[at - 1];
      }
      ids[at] = moved;
    }
  }

  private static void merge(LabelView view, int[] from, int[] to, int begin, int middle, int end) {
    int left = begin;
    int right = middle;
    for (int at = begin; at < end; at++) {
      boolean takeLeft =
          left < middle && (right >= end || view.compare(from[left], from[right]) <= 0);
      to[at] = takeLeft ? from[left++] : from[right++];
    }
  }
}
