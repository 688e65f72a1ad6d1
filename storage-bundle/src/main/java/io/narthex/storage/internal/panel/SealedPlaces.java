package io.narthex.storage.internal.panel;

import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.Reclaimer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where sealed rows lie: one after the other in slabs, in the order in which they were sealed,
 * which is nearly that of time. So each takes exactly its size, and the oldest go as whole slabs.
 * Changed under the head's write lock.
 */
public final class SealedPlaces {
  private static final long SMALLEST_SLAB = 16 * 1024;
  private static final long LARGEST_SLAB = 256 * 1024;

  /** A slab is this part of all, so that what is left over in one is little, and there are few. */
  private static final int PARTS = 16;

  private final Reclaimer reclaimer;
  private final Deque<Slab> slabs = new ArrayDeque<>();
  private long firstSlab;
  private long allocated;
  private long used;
  private long columns;

  private static final class Slab {
    final Block block;
    long used;
    long maxTime = Long.MIN_VALUE;
    long columns;

    Slab(long size) {
      block = new Block(size, MemoryKind.COLUMNS);
    }
  }

  /** Places with nothing in them. */
  public SealedPlaces(Reclaimer reclaimer) {
    this.reclaimer = reclaimer;
  }

  /** A place; it is there as long as its slab's number is not below {@link #firstSlab}. */
  record Place(long address, int length, long slab) {}

  /** Copies sealed rows to a place. */
  Place add(byte[] bytes, int length, long maxTime, int slots) {
    Slab slab = slabs.peekLast();
    if (slab == null || slab.block.size() - slab.used < length) {
      slab = new Slab(Math.max(length, Math.clamp(allocated / PARTS, SMALLEST_SLAB, LARGEST_SLAB)));
      slabs.addLast(slab);
      allocated += slab.block.size();
    }
    long address = slab.block.address() + slab.used;
    Memory.copy(bytes, 0, address, length);
    slab.used += length;
    used += length;
    slab.maxTime = Math.max(slab.maxTime, maxTime);
    slab.columns += slots;
    columns += slots;
    return new Place(address, length, firstSlab + slabs.size() - 1);
  }

  /** Slabs with a lower number are gone. */
  long firstSlab() {
    return firstSlab;
  }

  /**
   * Drops the slabs that hold only older samples, up to the first that does not.
   *
   * @return how many bytes became free
   */
  public long dropBefore(long time) {
    long freed = 0;
    while (slabs.size() > 1 && slabs.getFirst().maxTime < time) {
      freed += dropFirst();
    }
    return freed;
  }

  /** Drops everything. */
  public void dropAll() {
    while (!slabs.isEmpty()) {
      dropFirst();
    }
  }

  /** Takes slabs: when all before which time goes, and how many bytes that frees. */
  @FunctionalInterface
  public interface AgeSink {
    /** A slab. */
    void slab(long maxTime, long bytes);
  }

  /**
   * Tells of each slab that can be dropped; as a slab goes only after those before it, by the
   * newest time so far.
   */
  public void forEachOfAge(AgeSink sink) {
    long newest = Long.MIN_VALUE;
    for (Slab slab : slabs) {
      newest = Math.max(newest, slab.maxTime);
      if (slab != slabs.peekLast()) {
        sink.slab(newest, slab.block.size());
      }
    }
  }

  private long dropFirst() {
    Slab gone = slabs.removeFirst();
    firstSlab++;
    allocated -= gone.block.size();
    used -= gone.used;
    columns -= gone.columns;
    reclaimer.retire(gone.block::close);
    return gone.block.size();
  }

  /** The bytes of all slabs. */
  public long allocatedBytes() {
    return allocated;
  }

  /** How many columns are in them. */
  public long columns() {
    return columns;
  }

  /** The bytes of what is in them. */
  public long usedBytes() {
    return used;
  }

  /** Frees everything; nobody may read any more. */
  public void close() {
    slabs.forEach(slab -> slab.block.close());
    slabs.clear();
    allocated = 0;
    used = 0;
    columns = 0;
  }
}
