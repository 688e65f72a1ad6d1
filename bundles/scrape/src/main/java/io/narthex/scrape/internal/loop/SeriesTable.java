package io.narthex.scrape.internal.loop;

import io.narthex.scrape.internal.text.FamilyType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a target exposed before: for each text of a series the slot of the appender. Targets expose
 * their series in the same order each time, so the table says which text comes next; when it errs,
 * the text is looked up by hash. Neither allocates.
 *
 * <p>An <i>entry</i> is the number of a text; entries hold until {@link #endScrape}. Not safe for
 * use by several threads.
 */
final class SeriesTable {
  /** Says that there is no such entry, or that an entry has no slot yet. */
  static final int NONE = -1;

  /**
   * How much a table may grow by failing scrapes before it is cleaned: twice what the last good one
   * had, and this.
   */
  private static final int GROWTH = 1000;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[][] texts = new byte[64][];
  private long[] hashes = new long[64];
  private int[] slots = new int[64];
  private byte[] types = new byte[64];
  private int[] lastScrape = new int[64];
  private int size;
  private int[] buckets = emptyBuckets(128);
  private int scrape;
  private int sizeOfLastGood;

  private int[] order = {};
  private int orderLength;
  private int orderAt;
  private int[] newOrder = new int[64];
  private int newOrderLength;

  /** Begins a scrape. */
  void beginScrape() {
    scrape++;
    orderAt = 0;
    newOrderLength = 0;
  }

  int size() {
    return size;
  }

  /** The text that probably comes next. */
  byte @Nullable [] expected() {
    return orderAt < orderLength ? texts[order[orderAt]] : null;
  }

  /** The entry of the expected text, which has come. */
  int takeExpected() {
    return order[orderAt++];
  }

  /** The entry of a text, or {@link #NONE}. */
  int find(byte[] buffer, int from, int to) {
    long hash = hash(buffer, from, to);
    for (int bucket = bucket(hash);
        buckets[bucket] != NONE;
        bucket = bucket + 1 & buckets.length - 1) {
      int entry = buckets[bucket];
      if (hashes[entry] == hash
          && Arrays.equals(texts[entry], 0, texts[entry].length, buffer, from, to)) {
        expectAfter(entry);
        return entry;
      }
    }
    return NONE;
  }

  /**
   * If what was skipped has gone, the order goes on behind the entry; it is looked for nearby only.
   */
  private void expectAfter(int entry) {
    int last = Math.min(orderLength, orderAt + 64);
    for (int i = orderAt; i < last; i++) {
      if (order[i] == entry) {
        orderAt = i + 1;
        return;
      }
    }
  }

  /** Adds a text; it has no slot yet. */
  int add(byte[] buffer, int from, int to, FamilyType type) {
    if (size == slots.length) {
      grow();
    }
    int entry = size++;
    texts[entry] = Arrays.copyOfRange(buffer, from, to);
    hashes[entry] = hash(buffer, from, to);
    slots[entry] = NONE;
    types[entry] = (byte) type.ordinal();
    lastScrape[entry] = 0;
    insert(entry);
    return entry;
  }

  byte[] text(int entry) {
    return texts[entry];
  }

  FamilyType type(int entry) {
    return FamilyType.of(types[entry]);
  }

  int slot(int entry) {
    return slots[entry];
  }

  void slot(int entry, int slot) {
    slots[entry] = slot;
  }

  /** Forgets all slots: the appender is another. */
  void forgetSlots() {
    Arrays.fill(slots, 0, size, NONE);
  }

  /**
   * Notes that the text has come in this scrape.
   *
   * @return whether it had come before in this scrape
   */
  boolean see(int entry) {
    if (newOrderLength == newOrder.length) {
      newOrder = Arrays.copyOf(newOrder, newOrderLength * 2);
    }
    newOrder[newOrderLength++] = entry;
    boolean again = lastScrape[entry] == scrape;
    lastScrape[entry] = scrape;
    return again;
  }

  /**
   * Ends a scrape.
   *
   * @param good whether the whole exposition was read
   * @return the new number of each entry, {@link #NONE} for those removed; null if no numbers
   *     changed
   */
  int @Nullable [] endScrape(boolean good) {
    if (good) {
      int[] spare = order;
      order = newOrder;
      orderLength = newOrderLength;
      newOrder = spare.length == 0 ? new int[64] : spare;
    }
    boolean tooLarge = !good && size > sizeOfLastGood * 2 + GROWTH;
    int[] moved = good || tooLarge ? removeUnseen() : null;
    if (good) {
      sizeOfLastGood = size;
    }
    return moved;
  }

  private int @Nullable [] removeUnseen() {
    int[] moved = null;
    int kept = 0;
    for (int entry = 0; entry < size; entry++) {
      boolean seen = lastScrape[entry] == scrape;
      if (!seen && moved == null) {
        moved = new int[size];
        for (int i = 0; i < entry; i++) {
          moved[i] = i;
        }
      }
      if (seen) {
        move(entry, kept);
      }
      if (moved != null) {
        moved[entry] = seen ? kept : NONE;
      }
      kept += seen ? 1 : 0;
    }
    if (moved != null) {
      Arrays.fill(texts, kept, size, null);
      size = kept;
      renumberOrder(moved);
      rebuildBuckets(buckets.length);
    }
    return moved;
  }

  private void renumberOrder(int[] moved) {
    int kept = 0;
    for (int i = 0; i < orderLength; i++) {
      if (moved[order[i]] != NONE) {
        order[kept++] = moved[order[i]];
      }
    }
    orderLength = kept;
  }

  private void move(int from, int to) {
    texts[to] = texts[from];
    hashes[to] = hashes[from];
    slots[to] = slots[from];
    types[to] = types[from];
    lastScrape[to] = lastScrape[from];
  }

  private void grow() {
    int capacity = size * 2;
    texts = Arrays.copyOf(texts, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    slots = Arrays.copyOf(slots, capacity);
    types = Arrays.copyOf(types, capacity);
    lastScrape = Arrays.copyOf(lastScrape, capacity);
    rebuildBuckets(capacity * 2);
  }

  private void rebuildBuckets(int count) {
    buckets = emptyBuckets(count);
    for (int entry = 0; entry < size; entry++) {
      insert(entry);
    }
  }

  private void insert(int entry) {
    int bucket = bucket(hashes[entry]);
    while (buckets[bucket] != NONE) {
      bucket = bucket + 1 & buckets.length - 1;
    }
    buckets[bucket] = entry;
  }

  private int bucket(long hash) {
    return (int) (hash >>> 32) & buckets.length - 1;
  }

  private static int[] emptyBuckets(int count) {
    int[] buckets = new int[count];
    Arrays.fill(buckets, NONE);
    return buckets;
  }

  private static long hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int i = from;
    for (; i <= to - 8; i += 8) {
      hash = mix(hash ^ (long) LONGS.get(bytes, i));
    }
    for (; i < to; i++) {
      hash = mix(hash ^ bytes[i]);
    }
    return hash;
  }

  private static long mix(long value) {
    long high = Math.unsignedMultiplyHigh(value, 0x9E3779B97F4A7C15L);
    return high ^ value * 0x9E3779B97F4A7C15L;
  }
}
