package io.narthex.storage.internal.memory;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * A growing array of elements of one size outside of the heap, zeros at first. Nothing moves when
 * it grows, so that readers need no lock: its pages become larger with it, four of a size after one
 * another, and about an eighth is unused. Pages without elements in use are not there.
 */
public final class Vector {
  private static final int PAGES_OF_A_SIZE_BITS = 2;
  private static final int LARGEST_SIZE =
      Integer.numberOfTrailingZeros(PagePool.LARGEST)
          - Integer.numberOfTrailingZeros(PagePool.SMALLEST);

  private final PagePool pool;
  private final int elementBits;

  /** The number of elements of the smallest page is two to this power. */
  private final int firstBits;

  private volatile long[] pages = {};
  private long bytes;

  /**
   * An array of elements of two to the power of {@code elementBits} bytes.
   *
   * @param pool gives the pages and frees them
   */
  public Vector(PagePool pool, int elementBits) {
    this.pool = pool;
    this.elementBits = elementBits;
    this.firstBits = Integer.numberOfTrailingZeros(PagePool.SMALLEST) - elementBits;
  }

  /** Where an element is whose page is there. */
  public long address(int index) {
    int size = size(index);
    int offset = offset(index, size);
    int within = offset & (1 << firstBits + size) - 1;
    return pages[page(offset, size)] + ((long) within << elementBits);
  }

  /** Where an element is, or 0 if its page is not there. */
  public long find(int index) {
    int size = size(index);
    int page = page(offset(index, size), size);
    long[] now = pages;
    return page >= now.length || now[page] == 0 ? 0 : address(index);
  }

  /** Where an element is, its page allocated if need be. */
  public long ensure(int index) {
    int size = size(index);
    int page = page(offset(index, size), size);
    long[] now = pages;
    if (page >= now.length || now[page] == 0) {
      long[] more = Arrays.copyOf(now, Math.max(now.length, page + 1));
      int length = PagePool.SMALLEST << size;
      more[page] = pool.take(length);
      Memory.fill(more[page], length, 0);
      bytes += length;
      pages = more;
    }
    return address(index);
  }

  /**
   * Gives pages back that have no element in use.
   *
   * @param nextInUse the first index in use that is not below one, or {@link Integer#MAX_VALUE};
   *     asked in rising order
   */
  public void releaseUnused(IntUnaryOperator nextInUse) {
    long[] kept = pages.clone();
    long first = 0;
    for (int page = 0; page < kept.length; page++) {
      int size = Math.min(LARGEST_SIZE, page >> PAGES_OF_A_SIZE_BITS);
      long end = first + (1L << firstBits + size);
      if (kept[page] != 0 && nextInUse.applyAsInt((int) first) >= end) {
        int length = PagePool.SMALLEST << size;
        pool.retire(length);
        pool.giveBack(kept[page], length);
        kept[page] = 0;
        bytes -= length;
      }
      first = end;
    }
    pages = kept;
  }

  /** How large the page is: {@link PagePool#SMALLEST} times two to this power. */
  private int size(int index) {
    int unit = (index >>> firstBits + PAGES_OF_A_SIZE_BITS) + 1;
    return Math.min(LARGEST_SIZE, 31 - Integer.numberOfLeadingZeros(unit));
  }

  private int offset(int index, int size) {
    return index - ((1 << size) - 1 << firstBits + PAGES_OF_A_SIZE_BITS);
  }

  private int page(int offset, int size) {
    return (size << PAGES_OF_A_SIZE_BITS) + (offset >>> firstBits + size);
  }

  /** The bytes of its pages. */
  public long bytes() {
    return bytes;
  }
}
