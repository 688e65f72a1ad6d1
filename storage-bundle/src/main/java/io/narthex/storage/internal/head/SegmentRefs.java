package io.narthex.storage.internal.head;

import io.narthex.storage.internal.document.BadDocumentException;
import io.narthex.storage.internal.panel.Panel;
import io.narthex.storage.internal.series.Series;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the references of one segment of the log mean, and the bits of each one's last sample. */
final class SegmentRefs {
  private static final int NONE = -1;
  private static final int[] NO_SLOTS = {};

  private @Nullable Series[] series = new Series[64];
  private long[] bits = new long[64];
  private final Map<Integer, int[]> slots = new HashMap<>();
  private int size;

  int size() {
    return size;
  }

  void add(int ref) {
    if (ref != size) {
      throw new BadDocumentException(
          "reference %d is defined where %d would be next".formatted(ref, size));
    }
    if (size == bits.length) {
      series = Arrays.copyOf(series, size + size / 2);
      bits = Arrays.copyOf(bits, size + size / 2);
    }
    series[size] = null;
    bits[size++] = 0;
  }

  void bind(int ref, Series to) {
    series[ref] = to;
  }

  /** Remembers which series a slot of a panel is. */
  void bindSlot(int panel, int slot, int ref) {
    int[] refs = slots.computeIfAbsent(panel, unused -> NO_SLOTS);
    if (slot >= refs.length) {
      int before = refs.length;
      refs = Arrays.copyOf(refs, Math.min(Panel.MAX_SLOTS, Math.max(slot + 1, before * 2)));
      Arrays.fill(refs, before, refs.length, NONE);
      slots.put(panel, refs);
    }
    refs[slot] = ref;
  }

  /** The references of a panel's slots; negative for those of which nothing is known. */
  int[] slots(int panel) {
    return slots.getOrDefault(panel, NO_SLOTS);
  }

  Series series(int ref) {
    Series found = series[ref];
    if (found == null) {
      throw new IllegalStateException("reference %d is not bound".formatted(ref));
    }
    return found;
  }

  long bits(int ref) {
    requireDefined(ref);
    return bits[ref];
  }

  void requireDefined(int ref) {
    if (ref >= size) {
      throw new BadDocumentException(
          "reference %d is not defined; the segment has %d".formatted(ref, size));
    }
  }

  void setBits(int ref, long value) {
    bits[ref] = value;
  }
}
