package io.narthex.alerting.internal.notify;

import java.util.Arrays;
import java.util.Collection;

/** Hashes of alerts, sorted, each once. Immutable. */
public final class Told {
  /** None. */
  public static final Told NONE = new Told(new long[0]);

  private final long[] hashes;

  private Told(long[] sorted) {
    this.hashes = sorted;
  }

  /** These hashes. */
  public static Told of(Collection<Long> hashes) {
    return of(hashes.stream().mapToLong(Long::longValue).toArray());
  }

  /** These hashes. */
  static Told of(long[] hashes) {
    return new Told(Arrays.stream(hashes).sorted().distinct().toArray());
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return hashes.length == 0;
  }

  /** How many there are. */
  public int size() {
    return hashes.length;
  }

  /** One of them. */
  public long get(int i) {
    return hashes[i];
  }

  /** Whether all of the others are among these. */
  public boolean containsAll(Told others) {
    int at = 0;
    for (long other : others.hashes) {
      while (at < hashes.length && hashes[at] < other) {
        at++;
      }
      if (at == hashes.length || hashes[at] != other) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Told other && Arrays.equals(hashes, other.hashes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes);
  }

  @Override
  public String toString() {
    return Arrays.toString(hashes);
  }
}
