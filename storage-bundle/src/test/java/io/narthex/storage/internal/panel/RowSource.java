package io.narthex.storage.internal.panel;

import io.narthex.api.model.StaleMarker;
import java.util.Random;

/** Makes rows of one panel, by a seed: series of all kinds that come, go and come again. */
final class RowSource {
  static final long NOTHING = 0x7ff0123456789abcL;

  private final Random random;
  private final Samples samples;
  private final int most;
  private final int absence;
  private final int[] kinds = new int[Panel.MAX_SLOTS];
  private final long[] bits = new long[Panel.MAX_SLOTS];
  private int slots;

  /** The bits of each slot in the row that was made last, {@link #NOTHING} where it has none. */
  final long[] row = new long[Panel.MAX_SLOTS];

  RowSource(Random random, int mostSlots) {
    this.random = random;
    this.samples = new Samples(random);
    this.most = mostSlots;
    this.absence = random.nextInt(4) == 0 ? 1 + random.nextInt(60) : 0;
  }

  int slots() {
    return slots;
  }

  /** Makes the next row; at least one slot has a sample. */
  void next(RowInput input) {
    if (slots == 0) {
      grow(1 + random.nextInt(most));
    } else if (slots < most && random.nextInt(8) == 0) {
      grow(slots + 1 + random.nextInt(most - slots));
    }
    input.begin();
    input.size(slots);
    for (int slot = 0; slot < slots; slot++) {
      row[slot] = NOTHING;
      if (random.nextInt(100) >= absence) {
        put(input, slot);
      }
    }
    if (input.count() == 0) {
      put(input, random.nextInt(slots));
    }
  }

  private void grow(int to) {
    for (; slots < to; slots++) {
      int kind = random.nextInt(16);
      kinds[slots] = kind > 9 ? 0 : kind;
      bits[slots] = samples.anyBits();
    }
  }

  private void put(RowInput input, int slot) {
    int kind = random.nextInt(40) == 0 ? random.nextInt(10) : kinds[slot];
    long next = samples.next(kind, bits[slot]);
    if (next == NOTHING) {
      next = 0;
    }
    if (next != StaleMarker.BITS) {
      bits[slot] = next;
    }
    int preferred = random.nextInt(4) == 0 ? SlotValue.RAW : random.nextInt(23);
    int form = SlotValue.formOf(next, preferred);
    input.put(slot, SlotValue.numberOf(next, form), form);
    row[slot] = next;
  }
}
