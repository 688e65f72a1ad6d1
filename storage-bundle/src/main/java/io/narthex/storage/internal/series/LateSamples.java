package io.narthex.storage.internal.series;

import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.storage.internal.chunk.ChunkReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a series that came out of order: a few in order of time, which become a chunk when
 * they are many, and chunks, which may overlap. As upstream, a sample whose time is among the few
 * is dropped; one whose time is in a chunk is not noticed.
 *
 * <p>Guarded as {@link LooseSamples}. Which commit brought a sample is kept with the few, and with
 * a chunk for as long as a reader is open that does not see all of it.
 */
final class LateSamples {
  /** About what this object takes. */
  static final int BYTES = 120;

  /** There was a sample of this time. */
  static final long NOT_INSERTED = -1;

  /** Upstream's {@code out_of_order_cap_max}. */
  static final int CAPACITY = 32;

  private static final int BYTES_EACH = 28;

  private long[] times = new long[4];
  private long[] bits = new long[4];
  private long[] commits = new long[4];
  private @Nullable NativeHistogram[] histograms = new NativeHistogram[4];
  private int size;
  private final List<Full> full = new ArrayList<>(0);

  /** A full chunk, with the commits of its samples if some reader may not see all. */
  private record Full(Chunk chunk, long newestCommit, long @Nullable [] commits) {
    static Full ofAll(Chunk chunk) {
      return new Full(chunk, Long.MIN_VALUE, null);
    }
  }

  /** What was saved. */
  static LateSamples restore(List<Chunk> fullChunks, List<Chunk> openChunks, ChunkReader reader) {
    LateSamples made = new LateSamples();
    fullChunks.forEach(chunk -> made.full.add(Full.ofAll(chunk)));
    for (Chunk chunk : openChunks) {
      chunk.readBy(reader);
      while (reader.remaining() > 0) {
        reader.next();
        NativeHistogram histogram = reader.hasFloats() ? null : reader.histogram();
        long value = histogram == null ? Double.doubleToRawLongBits(reader.value()) : 0;
        made.put(made.size, reader.time(), value, histogram, Long.MIN_VALUE);
      }
    }
    return made;
  }

  /** Inserts a sample; gives by how many bytes it grew. */
  long insert(
      long time, long value, @Nullable NativeHistogram histogram, long commit, long oldestReader) {
    long grown = 0;
    if (size == CAPACITY) {
      grown = close(oldestReader);
    }
    int at = Arrays.binarySearch(times, 0, size, time);
    if (at >= 0) {
      return NOT_INSERTED;
    }
    int before = times.length;
    put(-at - 1, time, value, histogram, commit);
    return grown + (long) BYTES_EACH * (times.length - before);
  }

  private void put(
      int at, long time, long value, @Nullable NativeHistogram histogram, long commit) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      bits = Arrays.copyOf(bits, size * 2);
      commits = Arrays.copyOf(commits, size * 2);
      histograms = Arrays.copyOf(histograms, size * 2);
    }
    System.arraycopy(times, at, times, at + 1, size - at);
    System.arraycopy(bits, at, bits, at + 1, size - at);
    System.arraycopy(commits, at, commits, at + 1, size - at);
    System.arraycopy(histograms, at, histograms, at + 1, size - at);
    times[at] = time;
    bits[at] = value;
    commits[at] = commit;
    histograms[at] = histogram;
    size++;
  }

  /** The few become chunks; gives how many bytes those take. */
  private long close(long oldestReader) {
    long grown = 0;
    int from = 0;
    for (Chunk chunk : openChunks()) {
      long newest = Long.MIN_VALUE;
      for (int i = from; i < from + chunk.count(); i++) {
        newest = Math.max(newest, commits[i]);
      }
      boolean isHidden = newest > oldestReader;
      full.add(
          new Full(
              chunk,
              newest,
              isHidden ? Arrays.copyOfRange(commits, from, from + chunk.count()) : null));
      from += chunk.count();
      grown += chunk.memoryBytes();
    }
    full.replaceAll(
        each ->
            each.commits() != null && each.newestCommit() <= oldestReader
                ? Full.ofAll(each.chunk())
                : each);
    Arrays.fill(histograms, null);
    size = 0;
    return grown;
  }

  /** The full chunks, in the order of their making. */
  List<Chunk> fullChunks() {
    return full.stream().map(Full::chunk).toList();
  }

  /** Those that are not in a full chunk yet. */
  List<Chunk> openChunks() {
    return openChunks(Long.MAX_VALUE);
  }

  private List<Chunk> openChunks(long mark) {
    ChunkList list = new ChunkList();
    for (int i = 0; i < size; i++) {
      if (commits[i] <= mark) {
        list.add(times[i], bits[i], histograms[i]);
      }
    }
    return list.done();
  }

  /** The chunks that have any of a time range, as a reader of this mark sees them. */
  List<Chunk> chunks(long mark, long minTime, long maxTime) {
    List<Chunk> found = new ArrayList<>();
    for (Full each : full) {
      if (each.chunk().overlaps(minTime, maxTime)) {
        add(each, mark, found);
      }
    }
    if (size > 0 && times[size - 1] >= minTime && times[0] <= maxTime) {
      found.addAll(openChunks(mark));
    }
    return found;
  }

  private static void add(Full of, long mark, List<Chunk> found) {
    long[] made = of.commits();
    if (made == null || of.newestCommit() <= mark) {
      found.add(of.chunk());
      return;
    }
    ChunkList visible = new ChunkList();
    ChunkReader reader = new ChunkReader();
    of.chunk().readBy(reader);
    for (int i = 0; reader.remaining() > 0; i++) {
      reader.next();
      if (made[i] <= mark) {
        visible.add(
            reader.time(),
            reader.hasFloats() ? Double.doubleToRawLongBits(reader.value()) : 0,
            reader.hasFloats() ? null : reader.histogram());
      }
    }
    found.addAll(visible.done());
  }

  /** Whether {@link #chunks} has any. */
  boolean hasChunks(long mark, long minTime, long maxTime) {
    for (int i = 0; i < size; i++) {
      if (commits[i] <= mark && times[i] >= minTime && times[i] <= maxTime) {
        return true;
      }
    }
    for (Full each : full) {
      if (each.chunk().overlaps(minTime, maxTime)
          && (each.commits() == null || each.newestCommit() <= mark)) {
        return true;
      }
    }
    return !chunks(mark, minTime, maxTime).isEmpty();
  }

  boolean isEmpty() {
    return size == 0 && full.isEmpty();
  }

  int chunkCount() {
    return full.size() + (size == 0 ? 0 : 1);
  }

  long newestTime() {
    long newest = size == 0 ? Long.MIN_VALUE : times[size - 1];
    for (Full each : full) {
      newest = Math.max(newest, each.chunk().maxTime());
    }
    return newest;
  }

  long firstTime() {
    long first = size == 0 ? Long.MAX_VALUE : times[0];
    for (Full each : full) {
      first = Math.min(first, each.chunk().minTime());
    }
    return first;
  }

  /** About how many bytes it takes. */
  long bytes() {
    long sum = BYTES + (long) BYTES_EACH * times.length;
    for (Full each : full) {
      sum += each.chunk().memoryBytes();
    }
    return sum;
  }

  /** Drops what holds only older samples; gives how many bytes became free. */
  long dropBefore(long time) {
    long before = bytes();
    full.removeIf(each -> each.chunk().maxTime() < time);
    if (size > 0 && times[size - 1] < time) {
      Arrays.fill(histograms, null);
      size = 0;
    }
    if (isEmpty()) {
      return before - BYTES;
    }
    return before - bytes();
  }
}
