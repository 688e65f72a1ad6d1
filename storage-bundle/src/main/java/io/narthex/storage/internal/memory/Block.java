package io.narthex.storage.internal.memory;

import java.lang.foreign.Arena;

/**
 * Memory outside of the heap, allocated as a whole and freed as a whole; zeros at first. Whoever
 * frees it sees to it that nobody uses it any more. May be used from any thread.
 */
public final class Block implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final MemoryKind kind;
  private final long address;
  private final long size;

  /**
   * Allocates.
   *
   * @throws OutOfMemoryError if the system has no more
   */
  public Block(long size, MemoryKind kind) {
    this.kind = kind;
    this.address = arena.allocate(size, 8).address();
    this.size = size;
    kind.add(size);
    if (Memory.IS_CHECKED) {
      LiveBlocks.add(address, size);
    }
  }

  /** Where it begins; a multiple of 8. */
  public long address() {
    return address;
  }

  /** In bytes. */
  public long size() {
    return size;
  }

  /** Frees it, once. */
  @Override
  public void close() {
    if (Memory.IS_CHECKED) {
      LiveBlocks.remove(address);
    }
    arena.close();
    kind.add(-size);
  }
}
