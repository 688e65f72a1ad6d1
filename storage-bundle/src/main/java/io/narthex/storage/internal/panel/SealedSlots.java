package io.narthex.storage.internal.panel;

import io.narthex.storage.internal.column.PanelMatrix;
import io.narthex.storage.internal.column.SealedPanel;

/** Tells of sealed rows which slots have samples, and until when. For use by one thread. */
final class SealedSlots {
  private final SealedPanel sealed = new SealedPanel();
  private final long[] times = new long[PanelMatrix.MAX_ROWS];
  private final double[] values = new double[PanelMatrix.MAX_ROWS];
  private final long[] present = new long[(PanelMatrix.MAX_ROWS + 63) / 64];

  void reset(long address, int length) {
    sealed.reset(address, length);
    sealed.times(times);
  }

  /** The newest commit whose row is there. */
  long maxCommit() {
    return sealed.maxSequence();
  }

  int slots() {
    return sealed.slots();
  }

  boolean has(int slot) {
    return !sealed.isAbsent(slot);
  }

  /** The time of the last sample of a slot that has one. */
  long lastTime(int slot) {
    int last = sealed.rows() - 1;
    if (!sealed.isConstant(slot)) {
      sealed.column(slot, values, present);
      while (last > 0 && (present[last >> 6] >>> last & 1) == 0) {
        last--;
      }
    }
    return times[last];
  }
}
