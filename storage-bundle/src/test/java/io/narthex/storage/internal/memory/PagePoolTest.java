package io.narthex.storage.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagePoolTest {
  private static final int SMALLEST_BLOCK = 16 * 1024 + PagePool.READABLE_BEYOND;
  private static final int LARGEST_BLOCK = 256 * 1024 + PagePool.READABLE_BEYOND;

  private final PagePool pool = new PagePool(MemoryKind.SCRATCH);

  private record Page(long at, int size) {}

  @AfterEach
  void close() {
    pool.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 256",
    "1, 256",
    "256, 256",
    "257, 512",
    "512, 512",
    "513, 1024",
    "4095, 4096",
    "65537, 131072",
    "131072, 131072"
  })
  void sizeIsTheNextPowerOfTwo(int bytes, int size) {
    assertThat(PagePool.sizeFor(bytes)).isEqualTo(size);
  }

  @Test
  void sizeHasItsLimit() {
    assertThatThrownBy(() -> PagePool.sizeFor(131_073))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a page has at most 131072 bytes, 131073 are wanted");
  }

  @Test
  void pageThatIsGivenBackIsHandedOutAgain() {
    long first = pool.take(1024);
    long second = pool.take(1024);
    pool.retire(1024);
    assertThat(pool.usedBytes()).isEqualTo(1024);
    assertThat(pool.take(1024)).as("it may be read still").isNotIn(first, second);
    pool.giveBack(first, 1024);

    assertThat(pool.take(512)).isNotIn(first, second);
    assertThat(pool.take(1024)).isEqualTo(first);
    assertThat(pool.usedBytes()).isEqualTo(1024 + 1024 + 512 + 1024);
    assertThat(pool.allocatedBytes()).isEqualTo(SMALLEST_BLOCK);
  }

  @Test
  void restOfBlockIsUsedBeforeAnotherBlock() {
    pool.take(256);
    pool.take(PagePool.LARGEST);
    assertThat(pool.allocatedBytes())
        .isEqualTo(SMALLEST_BLOCK + PagePool.LARGEST + PagePool.READABLE_BEYOND);

    Set<Long> pages = new HashSet<>();
    int left = SMALLEST_BLOCK - PagePool.READABLE_BEYOND - 256;
    for (int size = PagePool.LARGEST; size >= PagePool.SMALLEST; size >>= 1) {
      if ((left & size) != 0) {
        assertThat(pages.add(pool.take(size))).isTrue();
      }
    }
    assertThat(pages).hasSize(6);
    assertThat(pool.usedBytes()).isEqualTo(16 * 1024 + PagePool.LARGEST);
    assertThat(pool.allocatedBytes())
        .isEqualTo(SMALLEST_BLOCK + PagePool.LARGEST + PagePool.READABLE_BEYOND);
  }

  @Test
  void blocksGrowWithAllThatIsAllocated() {
    long before = 0;
    long block = 0;
    while (pool.allocatedBytes() < 4_000_000) {
      pool.take(PagePool.SMALLEST);
      if (pool.allocatedBytes() > before) {
        long now = pool.allocatedBytes() - before;
        assertThat(now)
            .isBetween(Math.max(block, SMALLEST_BLOCK), (long) LARGEST_BLOCK)
            .isLessThanOrEqualTo(Math.max(SMALLEST_BLOCK, before / 8 + PagePool.READABLE_BEYOND));
        block = now;
        before = pool.allocatedBytes();
      }
    }
    assertThat(block).isEqualTo(LARGEST_BLOCK);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void pagesInUseNeverOverlapAndAreCounted(int seed) {
    Random random = new Random(seed);
    List<Page> pages = new ArrayList<>();
    TreeMap<Long, Integer> inUse = new TreeMap<>();
    long used = 0;
    for (int step = 0; step < 5_000; step++) {
      if (!pages.isEmpty() && random.nextInt(100) < (step % 1000 < 500 ? 40 : 60)) {
        Page page = pages.remove(random.nextInt(pages.size()));
        pool.retire(page.size());
        pool.giveBack(page.at(), page.size());
        inUse.remove(page.at());
        used -= page.size();
      } else {
        int size = PagePool.sizeFor(1 + random.nextInt(1 << (8 + random.nextInt(10))));
        Page page = new Page(pool.take(size), size);
        assertFree(inUse, page);
        Memory.fill(page.at(), size, 0xff);
        pages.add(page);
        inUse.put(page.at(), size);
        used += size;
      }
      assertThat(pool.usedBytes()).isEqualTo(used);
      assertThat(pool.allocatedBytes()).isGreaterThanOrEqualTo(used);
    }
  }

  private static void assertFree(TreeMap<Long, Integer> inUse, Page page) {
    var before = inUse.floorEntry(page.at());
    var after = inUse.ceilingKey(page.at());
    assertThat(before == null || before.getKey() + before.getValue() <= page.at()).isTrue();
    assertThat(after == null || page.at() + page.size() <= after).isTrue();
  }

  @Test
  void whatIsUsedOverAndOverTakesNoMoreMemory() {
    for (int round = 0; round < 100; round++) {
      List<Long> pages = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        pages.add(pool.take(2048));
      }
      pages.forEach(
          page -> {
            pool.retire(2048);
            pool.giveBack(page, 2048);
          });
    }
    assertThat(pool.usedBytes()).isZero();
    assertThat(pool.allocatedBytes()).isBetween(100 * 2048L, 100 * 2048L * 9 / 8 + SMALLEST_BLOCK);
  }

  @Test
  void whatIsShortlyAfterAnyPageCanBeRead() {
    for (int i = 0; i < 200; i++) {
      long page = pool.take(4096);
      Memory.getLong(page + 4096 - 1);
    }
  }

  @Test
  void closedPoolHasFreedItsPagesAndMayBeginAnew() {
    long page = pool.take(256);
    pool.retire(256);
    pool.giveBack(pool.take(256), 256);
    pool.close();

    assertThat(pool.allocatedBytes()).isZero();
    assertThat(pool.usedBytes()).isZero();
    assertThatThrownBy(() -> Memory.getByte(page)).isInstanceOf(IndexOutOfBoundsException.class);
    Memory.putByte(pool.take(256), 1);
    assertThat(pool.allocatedBytes()).isEqualTo(SMALLEST_BLOCK);
  }
}
