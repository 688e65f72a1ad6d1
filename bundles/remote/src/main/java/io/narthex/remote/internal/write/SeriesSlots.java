package io.narthex.remote.internal.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The slots of an appender by the bytes of the labels as they come over the wire. Looking one up
 * allocates nothing. It only grows, until all of it is cleared with the appender. Not safe for use
 * by several threads.
 */
final class SeriesSlots {
  /** Says that the series is not known. */
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 128;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Senders cannot know it, so they cannot make all series fall into one bucket. */
  private final long seed = new SplittableRandom().nextLong();

  private byte[][] keys = new byte[FIRST_CAPACITY][];
  private long[] hashes = new long[FIRST_CAPACITY];
  private int[] slots = new int[FIRST_CAPACITY];
  private int size;
  private long bytes;

  /** The number of an entry of the arrays above, or {@link #NONE}. */
  private int[] buckets = emptyBuckets(FIRST_CAPACITY * 2);

  int size() {
    return size;
  }

  /** How many bytes the keys take. */
  long bytes() {
    return bytes;
  }

  /** The slot of the labels, or {@link #NONE}. */
  int find(byte[] array, int from, int to) {
    long hash = hash(array, from, to);
    int bucket = first(hash);
    int entry;
    while ((entry = buckets[bucket]) != NONE) {
      if (hashes[entry] == hash
          && Arrays.equals(keys[entry], 0, keys[entry].length, array, from, to)) {
        return slots[entry];
      }
      bucket = bucket + 1 & buckets.length - 1;
    }
    return NONE;
  }

  /** Remembers the slot of labels that are not known yet. */
  void add(byte[] array, int from, int to, int slot) {
    if (size == slots.length) {
      grow();
    }
    keys[size] = Arrays.copyOfRange(array, from, to);
    hashes[size] = hash(array, from, to);
    slots[size] = slot;
    insert(size);
    size++;
    bytes += to - from;
  }

  void clear() {
    if (size > 0) {
      keys = new byte[FIRST_CAPACITY][];
      hashes = new long[FIRST_CAPACITY];
      slots = new int[FIRST_CAPACITY];
      buckets = emptyBuckets(FIRST_CAPACITY * 2);
      size = 0;
      bytes = 0;
    }
  }

  private void insert(int entry) {
    int bucket = first(hashes[entry]);
    while (buckets[bucket] != NONE) {
      bucket = bucket + 1 & buckets.length - 1;
    }
    buckets[bucket] = entry;
  }

  private int first(long hash) {
    return (int) (hash >>> 32) & buckets.length - 1;
  }

  private void grow() {
    int capacity = size * 2;
    keys = Arrays.copyOf(keys, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    slots = Arrays.copyOf(slots, capacity);
    buckets = emptyBuckets(capacity * 2);
    for (int entry = 0; entry < size; entry++) {
      insert(entry);
    }
  }

  private static int[] emptyBuckets(int count) {
    int[] empty = new int[count];
    Arrays.fill(empty, NONE);
    return empty;
  }

  private long hash(byte[] array, int from, int to) {
    long hash = seed ^ to - from;
    int i = from;
    for (; i <= to - 8; i += 8) {
      hash = mix(hash ^ (long) LONGS.get(array, i));
    }
    for (; i < to; i++) {
      hash = mix(hash ^ array[i]);
    }
    return hash;
  }

  private static long mix(long value) {
    long high = Math.unsignedMultiplyHigh(value, 0x9E3779B97F4A7C15L);
    return high ^ value * 0x9E3779B97F4A7C15L;
  }
}
