package io.narthex.storage.internal.panel;

import io.narthex.storage.internal.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the sealed rows of one panel are, part by part, in order of time. */
final class SealedParts {
  private long[] addresses = new long[2];
  private int[] lengths = new int[2];
  private long[] slabs = new long[2];
  private long[] firstTimes = new long[2];
  private long[] lastTimes = new long[2];
  private long[] befores = new long[2];
  private long[] inFiles = new long[2];
  private int size;

  int size() {
    return size;
  }

  /**
   * Adds a part.
   *
   * @param before the time of the row before it
   * @param inFile where it is in the files, -1 if it is not
   */
  void add(SealedPlaces.Place place, long before, long firstTime, long lastTime, long inFile) {
    if (size == addresses.length) {
      int larger = size + size / 2 + 1;
      addresses = Arrays.copyOf(addresses, larger);
      lengths = Arrays.copyOf(lengths, larger);
      slabs = Arrays.copyOf(slabs, larger);
      firstTimes = Arrays.copyOf(firstTimes, larger);
      lastTimes = Arrays.copyOf(lastTimes, larger);
      befores = Arrays.copyOf(befores, larger);
      inFiles = Arrays.copyOf(inFiles, larger);
    }
    addresses[size] = place.address();
    lengths[size] = place.length();
    slabs[size] = place.slab();
    firstTimes[size] = firstTime;
    befores[size] = before;
    inFiles[size] = inFile;
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

  /** Files the parts that are in no file yet; false if the files do not take them. */
  boolean file(int panel, SealedFiles files) {
    int part = size;
    while (part > 0 && inFiles[part - 1] < 0) {
      part--;
    }
    for (; part < size; part++) {
      byte[] bytes = bytes(part);
      inFiles[part] =
          files.add(panel, befores[part], firstTimes[part], lastTimes[part], bytes, bytes.length);
      if (inFiles[part] < 0) {
        return false;
      }
    }
    return true;
  }

  private byte[] bytes(int part) {
    byte[] bytes = new byte[lengths[part]];
    Memory.copy(addresses[part], bytes, 0, bytes.length);
    return bytes;
  }

  /** Where those parts are that are in the files. */
  long[] placesInFiles() {
    return Arrays.stream(inFiles, 0, size).filter(at -> at >= 0).toArray();
  }

  /** The parts that are in no file. */
  List<PanelImage.Part> unfiled() {
    List<PanelImage.Part> result = new ArrayList<>();
    for (int part = 0; part < size; part++) {
      if (inFiles[part] < 0) {
        result.add(
            new PanelImage.Part(befores[part], firstTimes[part], lastTimes[part], bytes(part)));
      }
    }
    return result;
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
    System.arraycopy(befores, gone, befores, 0, size);
    System.arraycopy(inFiles, gone, inFiles, 0, size);
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
