package io.narthex.storage.internal.labels;

import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.Reclaimer;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds ids by bytes that are kept elsewhere: open addressing with linear probing, four bytes a
 * slot. A slot holds the id and, in the bits that ids do not need yet, a part of the hash, so that
 * hardly ever the bytes of a wrong id are looked at. It is made of several parts that grow one by
 * one, so that no growth takes long and about 0.7 of the slots are in use. A removed id leaves a
 * mark until its part is made anew.
 *
 * <p>Changed by one writer; readers need no lock: a part that was replaced is handed to the
 * reclaimer.
 */
abstract class IdTable implements AutoCloseable {
  private static final int SMALLEST = 32;
  private static final int SMALL = 1024;
  private static final double MOST_USED = 0.85;
  private static final int TOGETHER = 32;
  private static final int LEAST_ID_BITS = 17;
  private static final int MOST_ID_BITS = 31;

  private final int partBits;
  private final Reclaimer reclaimer;
  private final AtomicReferenceArray<@Nullable Part> parts;
  private final int[] used;
  private final int[] live;
  private long bytes;

  /** Keeps the compiler from leaving reads out. */
  volatile int touched;

  /** Slots of four bytes: 0, or id + 1 in the lowest bits and a part of the hash above. */
  private record Part(Block block, int capacity, int idBits) {
    int home(long hash) {
      return (int) ((hash >>> 16 & 0xffff_ffffL) * capacity >>> 32);
    }

    int next(int slot) {
      return slot + 1 == capacity ? 0 : slot + 1;
    }

    long address(int slot) {
      return block.address() + 4L * slot;
    }

    int word(long hash, int id) {
      return (int) hash << idBits | id + 1;
    }

    int id(int word) {
      return (word & mask()) - 1;
    }

    int mask() {
      return (1 << idBits) - 1;
    }

    boolean isRemoved(int word) {
      return (word & mask()) == mask();
    }

    boolean holds(int id) {
      return id + 1 < mask();
    }
  }

  IdTable(int partBits, Reclaimer reclaimer) {
    this.partBits = partBits;
    this.reclaimer = reclaimer;
    this.parts = new AtomicReferenceArray<>(1 << partBits);
    this.used = new int[1 << partBits];
    this.live = new int[1 << partBits];
  }

  /** The hash of an id's bytes. */
  abstract long hashOf(int id);

  /**
   * Reads something of each id's bytes, so that the processor waits for all of them at once and not
   * for one after the other.
   */
  abstract int touch(int[] ids, int count);

  /** Whether an id has these bytes. */
  abstract boolean isEqual(int id, byte[] bytes, int length);

  private int part(long hash) {
    return partBits == 0 ? 0 : (int) (hash >>> 64 - partBits);
  }

  /** The id with these bytes, or -1. */
  final int find(long hash, byte[] key, int length) {
    Part part = parts.get(part(hash));
    if (part == null) {
      return -1;
    }
    int wanted = part.word(hash, -1);
    int mask = part.mask();
    int slot = part.home(hash);
    int word;
    while ((word = Memory.getInt(part.address(slot))) != 0) {
      if ((word & ~mask) == wanted && !part.isRemoved(word)) {
        VarHandle.acquireFence();
        int id = part.id(word);
        if (isEqual(id, key, length)) {
          return id;
        }
      }
      slot = part.next(slot);
    }
    return -1;
  }

  /** Adds an id whose bytes are not there yet. */
  final void add(long hash, int id) {
    int at = part(hash);
    Part part = parts.get(at);
    if (part == null || used[at] >= part.capacity() * MOST_USED || !part.holds(id)) {
      part = renew(at, part, id);
    }
    VarHandle.releaseFence();
    insert(part, hash, id);
    used[at]++;
    live[at]++;
  }

  private static void insert(Part part, long hash, int id) {
    int slot = part.home(hash);
    while (Memory.getInt(part.address(slot)) != 0) {
      slot = part.next(slot);
    }
    Memory.putInt(part.address(slot), part.word(hash, id));
  }

  /** Removes an id that is there. */
  final void remove(long hash, int id) {
    int at = part(hash);
    Part part = parts.get(at);
    if (part == null) {
      return;
    }
    int slot = part.home(hash);
    int word;
    while ((word = Memory.getInt(part.address(slot))) != 0) {
      if (part.id(word) == id) {
        Memory.putInt(part.address(slot), part.mask());
        live[at]--;
        return;
      }
      slot = part.next(slot);
    }
  }

  private Part renew(int at, @Nullable Part before, int newestId) {
    int capacity = capacity(at, before);
    int idBits =
        Math.clamp(34 - Integer.numberOfLeadingZeros(newestId + 2), LEAST_ID_BITS, MOST_ID_BITS);
    Part after = new Part(new Block(4L * capacity, MemoryKind.LABELS), capacity, idBits);
    bytes += after.block().size();
    if (before != null) {
      copy(before, after);
    }
    used[at] = live[at];
    parts.set(at, after);
    if (before != null) {
      bytes -= before.block().size();
      reclaimer.retire(before.block()::close);
    }
    return after;
  }

  private void copy(Part before, Part after) {
    int[] ids = new int[TOGETHER];
    int count = 0;
    for (int slot = 0; slot < before.capacity(); slot++) {
      int word = Memory.getInt(before.address(slot));
      if (word != 0 && !before.isRemoved(word)) {
        ids[count++] = before.id(word);
        if (count == TOGETHER) {
          copy(ids, count, after);
          count = 0;
        }
      }
    }
    copy(ids, count, after);
  }

  private void copy(int[] ids, int count, Part after) {
    touched = touch(ids, count);
    for (int i = 0; i < count; i++) {
      insert(after, hashOf(ids[i]), ids[i]);
    }
  }

  /** Parts begin at different sizes, so that they do not all grow at the same time. */
  private int capacity(int at, @Nullable Part before) {
    if (before == null) {
      return SMALLEST + (int) (SMALLEST * (long) at >>> partBits);
    }
    int now = before.capacity();
    if (live[at] < now * MOST_USED / 1.5) {
      return now;
    }
    return now < SMALL ? now * 2 : now + now / 2;
  }

  /** The bytes of its parts. */
  final long bytes() {
    return bytes;
  }

  @Override
  public final void close() {
    for (int i = 0; i < parts.length(); i++) {
      Part part = parts.getAndSet(i, null);
      if (part != null) {
        part.block().close();
      }
    }
  }
}
