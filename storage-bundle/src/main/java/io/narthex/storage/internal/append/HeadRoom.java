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
  /** About what an appender keeps of a slot. */
  private static final int SLOT_BYTES = 40;

  /** About what it keeps of one without a series, beside its labels' texts. */
  private static final int NEW_BYTES = 100;

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
   * Reserves room for a slot and its new series; gives how much for the series.
   *
   * @param newNames names that are not in the head, but have room reserved; those of the labels are
   *     added
   * @throws NarthexException with {@link StorageErrors#SERIES_LIMIT}
   */
  long reserve(Labels labels, Set<String> newNames) {
    long taken = head.stats().seriesBytes() + slotBytes.get();
    if (taken > seriesLimit()) {
      refusedSeries.increment();
      throw new NarthexException(
          StorageErrors.SERIES_LIMIT,
          "head size limit exceeded: series take %d bytes of at most %d, half of the head's %d; new series %s is refused, series that exist go on"
              .formatted(taken, seriesLimit(), limit, labels));
    }
    long reserved = NEW_BYTES + head.bytesOf(labels, newNames);
    slotBytes.addAndGet(SLOT_BYTES + reserved);
    return reserved;
  }

  /** There is a slot of a series that is in the head. */
  void addSlot() {
    slotBytes.addAndGet(SLOT_BYTES);
  }

  /** Series for which so much is reserved in all are in the head now. */
  void giveBack(long reserved) {
    slotBytes.addAndGet(-reserved);
  }

  /** The slots of an appender are gone. */
  void giveBack(SlotTable slots) {
    long sum = 0;
    for (int i = 0; i < slots.size(); i++) {
      sum += SLOT_BYTES + slots.reserved(i);
    }
    slotBytes.addAndGet(-sum);
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
