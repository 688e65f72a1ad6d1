package io.narthex.storage.internal.panel;

import java.util.Arrays;

/**
 * When the slots of a panel had samples: from their first to their last. Takes memory only for
 * panels to whose slots something happened: of which some came later, or went.
 */
final class SlotTimes {
  private static final long[] NONE = {};

  private long[] first = NONE;
  private long[] last = NONE;

  /** The slot's first sample came at a time after the panel's first row; or least, if in that. */
  void began(int slot, long time) {
    if (time == Long.MIN_VALUE && slot >= first.length) {
      return;
    }
    first = put(first, slot, time, Long.MIN_VALUE);
  }

  /** The slot has no sample after this time. */
  void ended(int slot, long time) {
    last = put(last, slot, time, Long.MIN_VALUE);
  }

  private static long[] put(long[] times, int slot, long time, long missing) {
    long[] to = times;
    if (slot >= times.length) {
      to = Arrays.copyOf(times, Math.min(Panel.MAX_SLOTS, Math.max(slot + 1, times.length * 2)));
      Arrays.fill(to, times.length, to.length, missing);
    }
    to[slot] = time;
    return to;
  }

  /** All first times, by slot; there may be fewer than slots. */
  long[] begins() {
    return first.clone();
  }

  /** All last times, in the same way. */
  long[] ends() {
    return last.clone();
  }

  /** Takes times as {@link #begins} and {@link #ends} gave them. */
  void restore(long[] begins, long[] ends) {
    first = begins.clone();
    last = ends.clone();
  }

  /** The slot's first sample, or {@link Long#MIN_VALUE} if it was in the panel's first row. */
  long first(int slot) {
    return slot < first.length ? first[slot] : Long.MIN_VALUE;
  }

  /** The last sample of a slot that has ended; {@link Long#MIN_VALUE} if it never had one. */
  long last(int slot) {
    return slot < last.length ? last[slot] : Long.MIN_VALUE;
  }

  long memoryBytes() {
    return 8L * (first.length + last.length);
  }
}
