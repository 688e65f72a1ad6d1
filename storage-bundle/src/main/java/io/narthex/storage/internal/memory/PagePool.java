package io.narthex.storage.internal.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pages of a few sizes, powers of two, cut from larger blocks; a page that is given back is handed
 * out again. Its owner calls it under one lock.
 */
public final class PagePool implements AutoCloseable {
  /** The smallest page, in bytes. */
  public static final int SMALLEST = 256;

  /** The largest page, in bytes. */
  public static final int LARGEST = 128 * 1024;

  /** So many bytes beyond the end of a page can be read; what they are is undefined. */
  public static final int READABLE_BEYOND = 8;

  private static final int SIZES = 10;
  private static final long SMALLEST_BLOCK = 16 * 1024;
  private static final long LARGEST_BLOCK = 256 * 1024;

  /** A block is this part of all, so that little is allocated before it is needed. */
  private static final int PARTS = 8;

  private final MemoryKind kind;
  private final List<Block> blocks = new ArrayList<>();
  private final long[][] free = new long[SIZES][0];
  private final int[] freeCount = new int[SIZES];
  private long next;
  private long end;
  private long allocated;
  private long used;

  /** A pool without pages; its memory counts as this kind. */
  public PagePool(MemoryKind kind) {
    this.kind = kind;
  }

  /** The size of the page that holds so many bytes. */
  public static int sizeFor(int bytes) {
    if (bytes > LARGEST) {
      throw new IllegalArgumentException(
          "a page has at most %d bytes, %d are wanted".formatted(LARGEST, bytes));
    }
    return bytes <= SMALLEST ? SMALLEST : Integer.highestOneBit(bytes - 1) << 1;
  }

  /** Hands out a page of a size that {@link #sizeFor} gave; what is in it is undefined. */
  public long take(int size) {
    int ofSize = kind(size);
    used += size;
    if (freeCount[ofSize] > 0) {
      return free[ofSize][--freeCount[ofSize]];
    }
    if (end - next < size) {
      giveRest();
      Block block =
          new Block(
              Math.max(size, Math.clamp(allocated / PARTS, SMALLEST_BLOCK, LARGEST_BLOCK))
                  + READABLE_BEYOND,
              kind);
      blocks.add(block);
      allocated += block.size();
      next = block.address();
      end = next + block.size() - READABLE_BEYOND;
    }
    long page = next;
    next += size;
    return page;
  }

  /** What is left of a block becomes pages, the largest that fit first. */
  private void giveRest() {
    for (int size = LARGEST; size >= SMALLEST; size >>= 1) {
      while (end - next >= size) {
        push(kind(size), next);
        next += size;
      }
    }
  }

  /**
   * A page is out of use, though there may be readers: it does not count any more, and is given
   * back later.
   */
  public void retire(int size) {
    used -= size;
  }

  /** Takes a page back that is out of use, and that nobody reads any more. */
  public void giveBack(long page, int size) {
    push(kind(size), page);
  }

  private void push(int kind, long page) {
    if (freeCount[kind] == free[kind].length) {
      free[kind] = Arrays.copyOf(free[kind], Math.max(16, freeCount[kind] * 2));
    }
    free[kind][freeCount[kind]++] = page;
  }

  private static int kind(int size) {
    return Integer.numberOfTrailingZeros(size) - Integer.numberOfTrailingZeros(SMALLEST);
  }

  /** The bytes of all blocks. */
  public long allocatedBytes() {
    return allocated;
  }

  /** The bytes of the pages that are in use. */
  public long usedBytes() {
    return used;
  }

  /** Frees all blocks; no page may be in use. */
  @Override
  public void close() {
    blocks.forEach(Block::close);
    blocks.clear();
    next = 0;
    end = 0;
    allocated = 0;
    used = 0;
    Arrays.fill(freeCount, 0);
  }
}
