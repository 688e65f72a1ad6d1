package io.narthex.storage.internal.panel;

import java.util.Arrays;

/** Of which slots of a panel a segment of the log has said which series they are. */
final class LogBindings {
  private final long[] bound = new long[Panel.MAX_SLOTS / 64];
  private int segment = Integer.MIN_VALUE;
  private int count;

  void bind(int inSegment, int slot) {
    if (segment != inSegment) {
      segment = inSegment;
      count = 0;
      Arrays.fill(bound, 0);
    }
    count += (bound[slot >> 6] >>> slot & 1) == 0 ? 1 : 0;
    bound[slot >> 6] |= 1L << slot;
  }

  /** Whether the segment knows anything of the panel. */
  boolean areOf(int ofSegment) {
    return segment == ofSegment;
  }

  /** How many slots it knows. */
  int count() {
    return count;
  }

  boolean has(int inSegment, int slot) {
    return segment == inSegment && (bound[slot >> 6] >>> slot & 1) != 0;
  }
}
