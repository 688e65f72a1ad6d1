package io.narthex.storage.internal.append;

import io.narthex.api.model.Labels;
import io.narthex.storage.internal.head.Head;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The slots of an appender, by number and by labels. Some numbers a slot are kept as long as the
 * appender is open; the labels only of those that have no series yet, since the head has those of
 * series. It holds the series, so that the head keeps the labels of those that are removed. For use
 * by one thread at a time.
 */
final class SlotTable {
  static final int NONE = -1;

  private static final NewSeries[] NO_NEW = {};
  private static final Slot[] NONE_TOUCHED = {};

  private final Head head;

  /** The series of each slot, which may be removed by now, or {@link Slot#NONE}. */
  private int[] series = new int[16];

  private int[] hashes = new int[16];
  private int size;

  /** By slot; empty when all slots have series. */
  private @Nullable NewSeries[] fresh = NO_NEW;

  private int freshCount;

  /** By slot, what the transaction knows of it; empty if it knows nothing. */
  private @Nullable Slot[] touched = NONE_TOUCHED;

  /** Slot numbers by the hash of their labels, with linear probing. */
  private int[] buckets = emptyBuckets(32);

  /**
   * What there is of a slot without a series.
   *
   * @param reserved how much room is reserved for it, in bytes
   */
  private record NewSeries(Labels labels, long reserved) {}

  SlotTable(Head head) {
    this.head = head;
  }

  int size() {
    return size;
  }

  /** What the transaction knows of a slot. */
  Slot get(int slot) {
    if (slot >= touched.length) {
      touched = Arrays.copyOf(touched, series.length);
    }
    Slot known = touched[slot];
    if (known == null) {
      known = new Slot(slot, series[slot]);
      touched[slot] = known;
    }
    return known;
  }

  /** The same if it knows anything. */
  @Nullable Slot touched(int slot) {
    return slot < touched.length ? touched[slot] : null;
  }

  /** The transaction is over. */
  void forgetTouched() {
    touched = NONE_TOUCHED;
  }

  /** The series of a slot, which may be removed by now, or {@link Slot#NONE}. */
  int series(int slot) {
    return series[slot];
  }

  Labels labels(int slot) {
    NewSeries without = freshOf(slot);
    return without == null ? head.labels(series[slot]) : without.labels();
  }

  /** How much room is reserved for the series of a slot. */
  long reserved(int slot) {
    NewSeries without = freshOf(slot);
    return without == null ? 0 : without.reserved();
  }

  private @Nullable NewSeries freshOf(int slot) {
    return slot < fresh.length ? fresh[slot] : null;
  }

  int find(Labels labels) {
    int hash = labels.hashCode();
    int at = home(hash);
    int slot;
    while ((slot = buckets[at]) != NONE) {
      if (hashes[slot] == hash && hasLabels(slot, labels)) {
        return slot;
      }
      at = at + 1 & buckets.length - 1;
    }
    return NONE;
  }

  private boolean hasLabels(int slot, Labels labels) {
    NewSeries without = freshOf(slot);
    return without == null ? head.hasLabels(series[slot], labels) : without.labels().equals(labels);
  }

  /** Adds a slot of a series that is held; gives its number. */
  int add(Labels labels, int ofSeries) {
    if (size == series.length) {
      series = Arrays.copyOf(series, size + size / 2);
      hashes = Arrays.copyOf(hashes, series.length);
    }
    if (size >= buckets.length / 3 * 2) {
      buckets = emptyBuckets(buckets.length * 2);
      for (int i = 0; i < size; i++) {
        insert(i);
      }
    }
    series[size] = ofSeries;
    hashes[size] = labels.hashCode();
    insert(size);
    return size++;
  }

  /** Adds a slot whose series is not there yet; gives its number. */
  int addNew(Labels labels, long reserved) {
    int slot = add(labels, Slot.NONE);
    if (slot >= fresh.length) {
      fresh = Arrays.copyOf(fresh, series.length);
    }
    fresh[slot] = new NewSeries(labels, reserved);
    freshCount++;
    return slot;
  }

  /** A slot has another series than before, which is held; the one before is not by this. */
  void bind(int slot, int to) {
    series[slot] = to;
    if (freshOf(slot) != null) {
      fresh[slot] = null;
      freshCount--;
      fresh = freshCount == 0 ? NO_NEW : fresh;
    }
  }

  /** Lets go of all series. */
  void close() {
    head.release(size, this::series);
    size = 0;
  }

  private void insert(int slot) {
    int at = home(hashes[slot]);
    while (buckets[at] != NONE) {
      at = at + 1 & buckets.length - 1;
    }
    buckets[at] = slot;
  }

  private int home(int hash) {
    int h = hash * 0x9E3779B9;
    return (h ^ h >>> 15) & buckets.length - 1;
  }

  private static int[] emptyBuckets(int count) {
    int[] empty = new int[count];
    Arrays.fill(empty, NONE);
    return empty;
  }
}
