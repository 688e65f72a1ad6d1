package io.narthex.storage.internal.labels;

import io.narthex.storage.internal.memory.Memory;
import java.lang.invoke.VarHandle;

/**
 * The ids of the series with a value, as runs of ids that follow one another. The newest run is in
 * the value's record and costs nothing else: a value whose series were all added together has no
 * other. Earlier runs are in a chain of chunks, which never move, so that readers need no lock.
 *
 * <p>A record, after four bytes that are not ours: first chunk (4), last chunk (4), bytes used of
 * the last chunk (2), number of the last chunk (2), last id before the newest run (4), last id (4),
 * length of the newest run (4), how many ids there are (4).
 *
 * <p>A chunk: next chunk (4), last id before its first run (4), runs, zeros. A run: twice the
 * distance from the last id before it, plus one if the run is longer than one, as a varint; then,
 * if so, its length less 2. The sizes of chunks follow from their numbers: each is about a sixth of
 * all before it.
 */
final class Postings {
  private static final int FIRST = 4;
  private static final int LAST = 8;
  private static final int USED = 12;
  private static final int NUMBER = 14;
  private static final int BASE = 16;
  private static final int LAST_ID = 20;
  private static final int RUN = 24;
  private static final int COUNT = 28;

  private static final int HEADER = 8;
  private static final int[] SIZES = sizes();

  private final ByteArea chunks;

  /** Odd while a record is being changed. */
  private volatile int version;

  Postings(ByteArea chunks) {
    this.chunks = chunks;
  }

  private static int[] sizes() {
    int[] sizes = new int[64];
    int sum = 0;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.clamp((sum / 6 + 3) & ~3, 20, 1024);
      sum += sizes[i];
    }
    return sizes;
  }

  private static int size(int number) {
    return SIZES[Math.min(number, SIZES.length - 1)];
  }

  static int count(long record) {
    return Memory.getInt(record + COUNT);
  }

  /** Adds an id above all that are there. */
  void add(long record, int id) {
    int before = version;
    version = before + 1;
    VarHandle.storeStoreFence();
    int count = count(record);
    int last = Memory.getInt(record + LAST_ID);
    if (count > 0 && id == last + 1) {
      Memory.putInt(record + RUN, Memory.getInt(record + RUN) + 1);
    } else {
      if (count > 0) {
        endRun(record, last, Memory.getInt(record + RUN));
      } else {
        Memory.putInt(record + BASE, -1);
      }
      Memory.putInt(record + RUN, 1);
    }
    Memory.putInt(record + LAST_ID, id);
    Memory.putInt(record + COUNT, count + 1);
    version = before + 2;
  }

  private void endRun(long record, int last, int length) {
    int base = Memory.getInt(record + BASE);
    long gap = 2L * (last - length + 1 - base) + (length > 1 ? 1 : 0);
    int needed = Varints.size(gap) + (length > 1 ? Varints.size(length - 2) : 0);
    int chunk = Memory.getInt(record + LAST);
    int used = Memory.getUnsignedShort(record + USED);
    if (chunk == 0 || used + needed > size(Memory.getUnsignedShort(record + NUMBER))) {
      chunk = newChunk(record, chunk, base);
      used = HEADER;
    }
    long at = Varints.put(chunks.address(chunk) + used, gap);
    if (length > 1) {
      Varints.put(at, length - 2);
    }
    Memory.putShort(record + USED, used + needed);
    Memory.putInt(record + BASE, last);
  }

  private int newChunk(long record, int before, int base) {
    int number = before == 0 ? 0 : Memory.getUnsignedShort(record + NUMBER) + 1;
    number = Math.min(number, SIZES.length - 1);
    int chunk = chunks.take(size(number));
    Memory.putInt(chunks.address(chunk) + 4, base);
    if (before == 0) {
      Memory.putInt(record + FIRST, chunk);
    } else {
      Memory.putInt(chunks.address(before), chunk);
    }
    Memory.putInt(record + LAST, chunk);
    Memory.putShort(record + NUMBER, number);
    return chunk;
  }

  /** The ids below a limit, as the record is now. */
  PostingsCursor cursor(long record, int limit) {
    while (true) {
      int before = version;
      if ((before & 1) == 0) {
        RunCursor cursor = new RunCursor(chunks, record, limit);
        VarHandle.acquireFence();
        if (version == before) {
          return cursor;
        }
      }
      Thread.onSpinWait();
    }
  }

  /** Walks over one record's runs as they were when it was made. */
  private static final class RunCursor extends PostingsCursor {
    private final ByteArea chunks;
    private final int lastChunk;
    private final int lastUsed;
    private final int newestFrom;
    private final int newestTo;
    private final int limit;
    private final int count;

    private int chunk;
    private int number = -1;
    private long at;
    private long end;

    /** The chunk after this one, and the last id before it; without one no id is above. */
    private int nextChunk;

    private int nextBase = Integer.MAX_VALUE;

    /** The last id that was decoded, the end of the run that is read. */
    private int runTo = -1;

    private int current = -1;
    private boolean inNewest;

    RunCursor(ByteArea chunks, long record, int limit) {
      this.chunks = chunks;
      this.limit = limit;
      this.count = Postings.count(record);
      this.nextChunk = Memory.getInt(record + FIRST);
      this.lastChunk = Memory.getInt(record + LAST);
      this.lastUsed = Memory.getUnsignedShort(record + USED);
      this.newestTo = Memory.getInt(record + LAST_ID);
      this.newestFrom = newestTo - Memory.getInt(record + RUN) + 1;
      this.inNewest = count == 0;
    }

    @Override
    public int next() {
      if (current == runTo && !advance()) {
        return END;
      }
      return below(++current);
    }

    @Override
    public int seek(int atLeast) {
      int wanted = Math.max(atLeast, current + 1);
      while (runTo < wanted) {
        if (newestFrom <= wanted && !inNewest) {
          toNewest();
        } else {
          skipChunks(wanted);
          if (!advance()) {
            return END;
          }
        }
      }
      current = Math.max(current + 1, wanted);
      return below(current);
    }

    private int below(int id) {
      if (id < limit) {
        return id;
      }
      inNewest = true;
      current = runTo;
      return END;
    }

    private void skipChunks(int atLeast) {
      while (!inNewest && nextChunk != 0 && nextBase < atLeast) {
        openNext();
      }
    }

    /** Goes to the next run. */
    private boolean advance() {
      if (inNewest) {
        current = runTo;
        return false;
      }
      while (at == end || Memory.getByte(at) == 0) {
        if (nextChunk == 0) {
          toNewest();
          return true;
        }
        openNext();
      }
      long gap = Varints.get(at);
      at += Varints.size(gap);
      current = runTo + (int) (gap >>> 1) - 1;
      runTo = current + 1;
      if ((gap & 1) != 0) {
        long more = Varints.get(at);
        at += Varints.size(more);
        runTo += (int) more + 1;
      }
      return true;
    }

    private void toNewest() {
      inNewest = true;
      current = newestFrom - 1;
      runTo = newestTo;
    }

    private void openNext() {
      chunk = nextChunk;
      number = Math.min(number + 1, SIZES.length - 1);
      long address = chunks.address(chunk);
      at = address + HEADER;
      runTo = Memory.getInt(address + 4);
      current = runTo;
      if (chunk == lastChunk) {
        nextChunk = 0;
        nextBase = Integer.MAX_VALUE;
        end = address + lastUsed;
      } else {
        nextChunk = Memory.getInt(address);
        nextBase = Memory.getInt(chunks.address(nextChunk) + 4);
        end = address + size(number);
      }
    }

    @Override
    public long estimate() {
      return count;
    }
  }
}
