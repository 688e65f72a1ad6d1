package io.narthex.storage.internal.series;

import java.util.Arrays;

/**
 * The series with one label, in the order of their creation. Grows under the head's write lock; a
 * slice taken under the read lock stays as it is.
 */
public final class Postings {
  private static final Series[] NONE = {};

  /** The label's value: the one string that all its series share. */
  final String value;

  private Series[] items = NONE;
  private int size;

  Postings(String value) {
    this.value = value;
  }

  /** The first {@code size} series of an array; not to be changed. */
  public record Slice(Series[] items, int size) {
    /** No series. */
    public static final Slice EMPTY = new Slice(NONE, 0);
  }

  void add(Series series) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size == 0 ? 1 : size + Math.max(1, size / 2));
    }
    items[size++] = series;
  }

  Slice slice() {
    return new Slice(items, size);
  }
}
