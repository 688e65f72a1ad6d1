package io.narthex.storage.internal.head;

import io.narthex.storage.internal.document.BadDocumentException;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Vector;
import io.narthex.storage.internal.panel.Panel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the references of one segment of the log mean, and the bits of the last sample of those that
 * have samples in no row. For use by one thread at a time.
 */
final class SegmentRefs implements AutoCloseable {
  private static final int INT_BITS = 2;
  private static final int PAGE_BITS = 6;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int NONE = -1;
  private static final int[] NO_SLOTS = {};

  private final PagePool pool = new PagePool(MemoryKind.REFERENCES);

  /** Of each reference: its series + 1. */
  private final Vector series = new Vector(pool, INT_BITS);

  private long[] @Nullable [] bits = {};
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
    Memory.putInt(series.ensure(size), 0);
    size++;
  }

  /** A reference means a series; gives which one it meant, or -1. */
  int bind(int ref, int to) {
    long at = series.address(ref);
    int before = Memory.getInt(at) - 1;
    Memory.putInt(at, to + 1);
    return before;
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

  int series(int ref) {
    int found = bound(ref);
    if (found < 0) {
      throw new IllegalStateException("reference %d is not bound".formatted(ref));
    }
    return found;
  }

  /** The series of a reference, or -1 if it is not bound. */
  int bound(int ref) {
    return Memory.getInt(series.address(ref)) - 1;
  }

  long bits(int ref) {
    requireDefined(ref);
    long[] page = ref >> PAGE_BITS < bits.length ? bits[ref >> PAGE_BITS] : null;
    return page == null ? 0 : page[ref & PAGE - 1];
  }

  void requireDefined(int ref) {
    if (ref >= size) {
      throw new BadDocumentException(
          "reference %d is not defined; the segment has %d".formatted(ref, size));
    }
  }

  void setBits(int ref, long value) {
    int at = ref >> PAGE_BITS;
    if (at >= bits.length) {
      bits = Arrays.copyOf(bits, Math.max(at + 1, bits.length * 2));
    }
    long[] page = bits[at];
    if (page == null) {
      page = new long[PAGE];
      bits[at] = page;
    }
    page[ref & PAGE - 1] = value;
  }

  /** Frees what is outside of the heap. */
  @Override
  public void close() {
    pool.close();
  }
}
