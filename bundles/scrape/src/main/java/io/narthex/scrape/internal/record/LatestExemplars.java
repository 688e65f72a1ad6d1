package io.narthex.scrape.internal.record;

/**
 * The exemplar that each series had last, by hash: one that is sent again with every scrape is not
 * another, even if it has no time of its own. Takes no memory while there are none. Not safe for
 * use by several threads.
 */
final class LatestExemplars {
  private static final int INITIAL = 16;

  /** Slot + 1, or 0. */
  private int[] keys = {};

  private long[] hashes = {};
  private int size;

  int size() {
    return size;
  }

  void clear() {
    keys = new int[0];
    hashes = new long[0];
    size = 0;
  }

  boolean isLatest(int slot, long hash) {
    if (size == 0) {
      return false;
    }
    int i = find(slot);
    return keys[i] != 0 && hashes[i] == hash;
  }

  void set(int slot, long hash) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int i = find(slot);
    size += keys[i] == 0 ? 1 : 0;
    keys[i] = slot + 1;
    hashes[i] = hash;
  }

  private int find(int slot) {
    int i = slot * 0x9E3779B9 >>> 7 & keys.length - 1;
    while (keys[i] != 0 && keys[i] != slot + 1) {
      i = i + 1 & keys.length - 1;
    }
    return i;
  }

  private void grow() {
    int[] oldKeys = keys;
    long[] oldHashes = hashes;
    int capacity = Math.max(INITIAL, oldKeys.length * 2);
    keys = new int[capacity];
    hashes = new long[capacity];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        set(oldKeys[i] - 1, oldHashes[i]);
      }
    }
  }
}
