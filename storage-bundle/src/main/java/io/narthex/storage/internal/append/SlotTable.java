package io.narthex.storage.internal.append;

import io.narthex.api.model.Labels;
import java.util.Arrays;

/** The slots of an appender, by number and by labels. For use by one thread at a time. */
final class SlotTable {
  static final int NONE = -1;

  private Slot[] slots = new Slot[16];
  private int size;

  /** Slot numbers by the hash of their labels, with linear probing. */
  private int[] buckets = emptyBuckets(32);

  int size() {
    return size;
  }

  Slot get(int slot) {
    return slots[slot];
  }

  int find(Labels labels) {
    int at = home(labels);
    int slot;
    while ((slot = buckets[at]) != NONE) {
      Labels known = slots[slot].labels;
      if (known.hashCode() == labels.hashCode() && known.equals(labels)) {
        return slot;
      }
      at = at + 1 & buckets.length - 1;
    }
    return NONE;
  }

  /** Adds a slot whose labels are not there yet; gives its number. */
  int add(Slot slot) {
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, size + size / 2);
    }
    if (size >= buckets.length / 3 * 2) {
      buckets = emptyBuckets(buckets.length * 2);
      for (int i = 0; i < size; i++) {
        insert(i);
      }
    }
    slots[size] = slot;
    insert(size);
    return size++;
  }

  private void insert(int slot) {
    int at = home(slots[slot].labels);
    while (buckets[at] != NONE) {
      at = at + 1 & buckets.length - 1;
    }
    buckets[at] = slot;
  }

  private int home(Labels labels) {
    int h = labels.hashCode() * 0x9E3779B9;
    return (h ^ h >>> 15) & buckets.length - 1;
  }

  private static int[] emptyBuckets(int count) {
    int[] empty = new int[count];
    Arrays.fill(empty, NONE);
    return empty;
  }
}
