package io.narthex.storage.internal.series;

import java.util.Arrays;

/**
 * Ranges of time of which a series shows no samples (upstream: the tombstones of the head).
 * Immutable.
 */
public final class Deletions {
  /** No range. */
  public static final Deletions NONE = new Deletions(new long[0]);

  /** First and last time of each range; ranges rise and do not touch. */
  private final long[] bounds;

  private Deletions(long[] bounds) {
    this.bounds = bounds;
  }

  /** These and another range, both ends of it included. */
  public Deletions plus(long from, long to) {
    if (from > to) {
      throw new IllegalArgumentException("a range from %d to %d".formatted(from, to));
    }
    long[] result = new long[bounds.length + 2];
    int n = 0;
    long first = from;
    long last = to;
    int i = 0;
    for (; i < bounds.length && isBefore(bounds[i + 1], first); i += 2) {
      result[n++] = bounds[i];
      result[n++] = bounds[i + 1];
    }
    for (; i < bounds.length && !isBefore(last, bounds[i]); i += 2) {
      first = Math.min(first, bounds[i]);
      last = Math.max(last, bounds[i + 1]);
    }
    result[n++] = first;
    result[n++] = last;
    for (; i < bounds.length; i++) {
      result[n++] = bounds[i];
    }
    return new Deletions(Arrays.copyOf(result, n));
  }

  /** Whether a range that ends so and one that begins so leave a time between them. */
  private static boolean isBefore(long end, long begin) {
    return end < begin && end + 1 < begin;
  }

  /** Those that reach to this time or later. */
  public Deletions since(long time) {
    int i = 0;
    while (i < bounds.length && bounds[i + 1] < time) {
      i += 2;
    }
    return i == 0 ? this : i == bounds.length ? NONE : new Deletions(tail(i));
  }

  private long[] tail(int from) {
    return Arrays.copyOfRange(bounds, from, bounds.length);
  }

  /** How many ranges there are. */
  public int size() {
    return bounds.length / 2;
  }

  /** The first time of a range. */
  public long from(int i) {
    return bounds[2 * i];
  }

  /** The last time of a range. */
  public long to(int i) {
    return bounds[2 * i + 1];
  }

  /** Whether samples of this time are deleted. */
  public boolean has(long time) {
    return covers(time, time);
  }

  /** Whether all times of a range are deleted. */
  public boolean covers(long from, long to) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] <= from && bounds[i + 1] >= to) {
        return true;
      }
    }
    return false;
  }

  /** Whether any time of a range is deleted. */
  public boolean overlaps(long from, long to) {
    for (int i = 0; i < bounds.length; i += 2) {
      if (bounds[i] <= to && bounds[i + 1] >= from) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Deletions that && Arrays.equals(bounds, that.bounds));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return Arrays.toString(bounds);
  }
}
