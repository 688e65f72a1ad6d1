package io.narthex.storage.internal.panel;

import java.util.Arrays;

/** Where the sealed rows of one panel are, part by part, in order of time. */
final class SealedParts {
  private long[] addresses = new long[2];
  private int[] lengths = new int[2];
  private long[] slabs = new long[2];
  private long[] firstTimes = new long[2];
  private long[] lastTimes = new long[2];
  private int size;

  int size() {
    return size;
  }

  void add(SealedPlaces.Place place, long firstTime, long lastTime) {
    if (size == addresses.length) {
      int larger = size + size / 2 + 1;
      addresses = Arrays.copyOf(addresses, larger);
      lengths = Arrays.copyOf(lengths, larger);
      slabs = Arrays.copyOf(slabs, larger);
      firstTimes = Arrays.copyOf(firstTimes, larger);
      lastTimes = Arrays.copyOf(lastTimes, larger);
    }
    addresses[size] = place.address();
    lengths[size] = place.length();
    slabs[size] = place.slab();
    firstTimes[size] = firstTime;
    lastTimes[size++] = lastTime;
  }

  long address(int part) {
    return addresses[part];
  }

  int length(int part) {
    return lengths[part];
  }

  /** Time of the first row of a part. */
  long firstTime(int part) {
    return firstTimes[part];
  }

  /** Forgets the parts in slabs with lower numbers; says whether there were any. */
  boolean forgetBefore(long slab) {
    int gone = 0;
    while (gone < size && slabs[gone] < slab) {
      gone++;
    }
    if (gone == 0) {
      return false;
    }
    size -= gone;
    System.arraycopy(addresses, gone, addresses, 0, size);
    System.arraycopy(lengths, gone, lengths, 0, size);
    System.arraycopy(slabs, gone, slabs, 0, size);
    System.arraycopy(firstTimes, gone, firstTimes, 0, size);
    System.arraycopy(lastTimes, gone, lastTimes, 0, size);
    return true;
  }

  /** The parts with rows in a range of time, and the open rows. */
  Panel.View view(long from, long to, OpenRows.View open) {
    long[] wanted = new long[size];
    int[] wantedLengths = new int[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (lastTimes[i] >= from && firstTimes[i] <= to) {
        wanted[n] = addresses[i];
        wantedLengths[n++] = lengths[i];
      }
    }
    return new Panel.View(Arrays.copyOf(wanted, n), Arrays.copyOf(wantedLengths, n), open);
  }

  void clear() {
    size = 0;
  }
}
