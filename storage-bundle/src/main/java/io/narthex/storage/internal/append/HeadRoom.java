package io.narthex.storage.internal.append;

import io.narthex.api.error.NarthexException;
import io.narthex.api.model.Labels;
import io.narthex.api.storage.StorageErrors;
import io.narthex.storage.internal.head.Head;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps the head within its size. Series may take half of it, the slots that appenders hold for
 * them included: beyond that new ones are refused, after those that are not written to any more
 * have gone. When series and samples together reach the size, the oldest samples go, down to nine
 * tenths; so those that exist go on, and the newest stay. May be used from any thread.
 */
public final class HeadRoom {
  private static final int SLOT_BYTES = 100;

  private final Head head;
  private final long limit;
  private final AtomicLong slotBytes = new AtomicLong();
  private final LongAdder refusedSeries = new LongAdder();
  private final LongAdder droppedChunks = new LongAdder();

  /** Room of so many bytes in a head. */
  public HeadRoom(Head head, long limit) {
    this.head = head;
    this.limit = limit;
  }

  /** How many bytes the head may take. */
  public long limit() {
    return limit;
  }

  /** How many bytes series may take. */
  public long seriesLimit() {
    return limit / 2;
  }

  /** About how many bytes the head takes, and what appenders hold for it. */
  public long bytes() {
    return head.stats().bytes() + slotBytes.get();
  }

  /** Slots that were refused to new series. */
  public long refusedSeries() {
    return refusedSeries.sum();
  }

  /** Chunks that were dropped, in whole or in part, before their time. */
  public long droppedChunks() {
    return droppedChunks.sum();
  }

  /**
   * A slot for these labels; a new series has room reserved.
   *
   * @param newNames names that are not in the head, but have room reserved; those of the labels are
   *     added
   * @throws NarthexException with {@link StorageErrors#SERIES_LIMIT}
   */
  Slot slot(Labels labels, Set<String> newNames) {
    int series = head.find(labels);
    Slot slot = new Slot(labels, series);
    if (series == Slot.NONE) {
      long taken = head.stats().seriesBytes() + slotBytes.get();
      if (taken > seriesLimit()) {
        refusedSeries.increment();
        throw new NarthexException(
            StorageErrors.SERIES_LIMIT,
            "head size limit exceeded: series take %d bytes of at most %d, half of the head's %d; new series %s is refused, series that exist go on"
                .formatted(taken, seriesLimit(), limit, labels));
      }
      slot.reserved = head.bytesOf(labels, newNames);
    }
    slotBytes.addAndGet(cost(slot));
    return slot;
  }

  /** The series of a slot is in the head now. */
  void bind(Slot slot, int series) {
    long before = cost(slot);
    slot.bind(series);
    if (series != Slot.NONE) {
      slot.reserved = 0;
    }
    slotBytes.addAndGet(cost(slot) - before);
  }

  /** The slots of an appender are gone. */
  void giveBack(SlotTable slots) {
    long sum = 0;
    for (int i = 0; i < slots.size(); i++) {
      sum += cost(slots.get(i));
    }
    slotBytes.addAndGet(-sum);
  }

  private static long cost(Slot slot) {
    return SLOT_BYTES + slot.reserved;
  }

  /**
   * Drops the series that have not been written to for the longest time, if there is hardly room
   * for new ones. Looks at all series.
   */
  void keepRoomForSeries() {
    long limit = seriesLimit() - slotBytes.get();
    if (head.stats().seriesBytes() > limit / 10 * 9) {
      droppedChunks.add(head.shrinkSeriesTo(limit / 10 * 8).chunks());
    }
  }

  /** Drops samples if the head is too large. */
  public void keep() {
    if (bytes() > limit) {
      long target = limit / 10 * 9 - slotBytes.get();
      droppedChunks.add(head.shrinkTo(target).chunks());
    }
  }
}
