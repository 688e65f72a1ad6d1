package io.narthex.storage.internal.labels;

import java.util.Arrays;

/**
 * The names of a label set, in order. There are as many as kinds of series, not as many as series.
 *
 * @param id its number
 * @param names the names with their values
 */
record NameSet(int id, Symbols[] names) {
  /** What name sets are found by. */
  static final class Key {
    private final int[] nameIds;
    private final int hash;

    Key(int[] nameIds) {
      this.nameIds = nameIds;
      this.hash = Arrays.hashCode(nameIds);
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Key other && Arrays.equals(nameIds, other.nameIds);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
