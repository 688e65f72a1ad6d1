package io.narthex.storage.internal.head;

import io.narthex.storage.internal.document.BadDocumentException;
import io.narthex.storage.internal.series.Series;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the references of one segment of the log mean, and the bits of each one's last sample. */
final class SegmentRefs {
  private @Nullable Series[] series = new Series[64];
  private long[] bits = new long[64];
  private int size;

  int size() {
    return size;
  }

  void add(int ref) {
    if (ref != size) {
      throw new BadDocumentException(
          "reference %d is defined where %d would be next".formatted(ref, size));
    }
    if (size == bits.length) {
      series = Arrays.copyOf(series, size + size / 2);
      bits = Arrays.copyOf(bits, size + size / 2);
    }
    series[size] = null;
    bits[size++] = 0;
  }

  void bind(int ref, Series to) {
    series[ref] = to;
  }

  Series series(int ref) {
    Series found = series[ref];
    if (found == null) {
      throw new IllegalStateException("reference %d is not bound".formatted(ref));
    }
    return found;
  }

  long bits(int ref) {
    requireDefined(ref);
    return bits[ref];
  }

  void requireDefined(int ref) {
    if (ref >= size) {
      throw new BadDocumentException(
          "reference %d is not defined; the segment has %d".formatted(ref, size));
    }
  }

  void setBits(int ref, long value) {
    bits[ref] = value;
  }
}
