package io.narthex.storage.internal.panel;

import io.narthex.storage.internal.memory.Memory;
import io.narthex.storage.internal.memory.PagePool;
import io.narthex.storage.internal.memory.Reclaimer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a panel that are not sealed yet, in pages, as the log has them. The first is a base
 * row. Changed under the head's write lock; a {@link View} may be read without a lock.
 *
 * <pre>
 * row in a page --> time i64, commit i64, length i32, bytes          little endian, one after the other
 * </pre>
 */
final class OpenRows {
  private static final int HEADER = 8 + 8 + 4;
  static final View NONE = new View(new long[0], new int[0], 0, 0, 0);

  private final PagePool pool;
  private final Reclaimer reclaimer;
  private long[] pages = new long[2];
  private int[] sizes = new int[2];
  private int[] used = new int[2];
  private int pageCount;
  private int rows;
  private long firstTime;
  private long lastTime;

  OpenRows(PagePool pool, Reclaimer reclaimer) {
    this.pool = pool;
    this.reclaimer = reclaimer;
  }

  /** The rows at one moment. */
  record View(long[] pages, int[] used, int rows, long firstTime, long lastTime) {
    /** Goes before the first row. */
    Walk walk() {
      return new Walk(this);
    }
  }

  /** Walks over the rows of a view. */
  static final class Walk {
    private final View view;
    private int page = -1;
    private long at;
    private long end;
    private long time;
    private long commit;
    private int length;

    private Walk(View view) {
      this.view = view;
    }

    /** Goes to the next row, if there is one. */
    boolean next() {
      at += length;
      length = 0;
      while (at >= end) {
        if (++page >= view.pages().length) {
          return false;
        }
        at = view.pages()[page];
        end = at + view.used()[page];
      }
      time = Memory.getLong(at);
      commit = Memory.getLong(at + 8);
      length = Memory.getInt(at + 16);
      at += HEADER;
      return true;
    }

    long time() {
      return time;
    }

    /** The commit that made it. */
    long commit() {
      return commit;
    }

    /** Where its bytes are. */
    long address() {
      return at;
    }

    int length() {
      return length;
    }
  }

  int rows() {
    return rows;
  }

  long firstTime() {
    return firstTime;
  }

  long lastTime() {
    return lastTime;
  }

  /** Adds a row; gives where its bytes are now. */
  long add(long time, long commit, byte[] bytes, int offset, int length) {
    int needed = HEADER + length;
    if (pageCount == 0 || sizes[pageCount - 1] - used[pageCount - 1] < needed) {
      addPage(needed);
    }
    long at = pages[pageCount - 1] + used[pageCount - 1];
    Memory.putLong(at, time);
    Memory.putLong(at + 8, commit);
    Memory.putInt(at + 16, length);
    Memory.copy(bytes, offset, at + HEADER, length);
    used[pageCount - 1] += needed;
    firstTime = rows == 0 ? time : firstTime;
    lastTime = time;
    rows++;
    return at + HEADER;
  }

  /** Takes the newest row back, which nobody has seen. */
  void removeLast(int length, long lastTimeBefore) {
    used[pageCount - 1] -= HEADER + length;
    lastTime = lastTimeBefore;
    rows--;
  }

  private void addPage(int needed) {
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, pageCount * 2);
      sizes = Arrays.copyOf(sizes, pageCount * 2);
      used = Arrays.copyOf(used, pageCount * 2);
    }
    // Rows after the base row are of about one size: a page holds several, and little is left over.
    int wanted = Math.max(needed, rows < 2 ? needed : Math.min(4096, 8 * needed));
    int size = PagePool.sizeFor(wanted);
    pages[pageCount] = pool.take(size);
    sizes[pageCount] = size;
    used[pageCount++] = 0;
  }

  /** The rows of now. */
  View view() {
    return rows == 0
        ? NONE
        : new View(
            Arrays.copyOf(pages, pageCount),
            Arrays.copyOf(used, pageCount),
            rows,
            firstTime,
            lastTime);
  }

  /** A copy of the rows of now. */
  List<PanelImage.Row> image() {
    List<PanelImage.Row> copy = new ArrayList<>(rows);
    Walk walk = view().walk();
    while (walk.next()) {
      byte[] bytes = new byte[walk.length()];
      Memory.copy(walk.address(), bytes, 0, bytes.length);
      copy.add(new PanelImage.Row(walk.time(), bytes));
    }
    return copy;
  }

  /** Lets go of all rows; those who read them may go on. */
  void clear() {
    long[] gone = Arrays.copyOf(pages, pageCount);
    int[] goneSizes = Arrays.copyOf(sizes, pageCount);
    for (int size : goneSizes) {
      pool.retire(size);
    }
    reclaimer.retire(
        () -> {
          for (int i = 0; i < gone.length; i++) {
            pool.giveBack(gone[i], goneSizes[i]);
          }
        });
    pageCount = 0;
    rows = 0;
  }

  /** The bytes of its pages. */
  long memoryBytes() {
    long sum = 0;
    for (int i = 0; i < pageCount; i++) {
      sum += sizes[i];
    }
    return sum;
  }
}
