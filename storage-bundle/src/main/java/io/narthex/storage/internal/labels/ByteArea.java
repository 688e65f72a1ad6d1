package io.narthex.storage.internal.labels;

import io.narthex.storage.internal.memory.Block;
import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.MemoryKind;
import io.narthex.storage.internal.memory.PagePool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Places of any size outside of the heap, named by four bytes; freed only all together. No place is
 * named 0. Readers need no lock.
 */
final class ByteArea implements AutoCloseable {
  private static final int PAGE_BITS = 16;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int MOST_PAGES = 1 << 32 - PAGE_BITS;

  /** What is larger gets a block of its own, so that little of a page stays unused. */
  private static final int LARGE = PAGE / 8;

  private final PagePool pool;
  private final List<Block> large = new ArrayList<>();
  private volatile long[] pages = {};
  private int count;
  private int page = -1;
  private int next = PAGE;
  private long bytes;

  ByteArea(PagePool pool) {
    this.pool = pool;
  }

  /** A new place, filled with zeros. */
  int take(int length) {
    if (length > LARGE) {
      Block block = new Block(length, MemoryKind.LABELS);
      large.add(block);
      // Offset 0 of the first page names nothing, so a block may not be the first page.
      if (page < 0) {
        open();
      }
      add(block.address(), length);
      return count - 1 << PAGE_BITS;
    }
    if (next + length > PAGE) {
      open();
    }
    int ref = page << PAGE_BITS | next;
    next += length;
    return ref;
  }

  private void open() {
    long address = pool.take(PAGE);
    Memory.fill(address, PAGE, 0);
    add(address, PAGE);
    page = count - 1;
    next = page == 0 ? 1 : 0;
  }

  private void add(long address, int length) {
    if (count == MOST_PAGES) {
      throw new IllegalStateException("the labels take more than 4 GB: no series can be added");
    }
    long[] now = pages;
    if (count == now.length) {
      now = Arrays.copyOf(now, Math.max(4, count + count / 4));
    }
    now[count++] = address;
    pages = now;
    bytes += length;
  }

  /** Where a place is. */
  long address(int ref) {
    return pages[ref >>> PAGE_BITS] + (ref & PAGE - 1);
  }

  /** The bytes of all pages. */
  long bytes() {
    return bytes;
  }

  /** Frees what does not belong to the pool. */
  @Override
  public void close() {
    large.forEach(Block::close);
    large.clear();
  }
}
