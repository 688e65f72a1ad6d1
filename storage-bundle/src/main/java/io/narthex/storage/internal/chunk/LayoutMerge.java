package io.narthex.storage.internal.chunk;

import io.narthex.api.model.histogram.BucketLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What it takes for the buckets of a chunk and those of a further sample to have one layout: all
 * buckets that either has, and where the buckets of each go.
 */
final class LayoutMerge {
  private final int[] union;
  private final int @Nullable [] chunkPlaces;
  private final int @Nullable [] samplePlaces;

  private LayoutMerge(int[] union, int @Nullable [] chunkPlaces, int @Nullable [] samplePlaces) {
    this.union = union;
    this.chunkPlaces = chunkPlaces;
    this.samplePlaces = samplePlaces;
  }

  static LayoutMerge of(BucketLayout chunk, BucketLayout sample) {
    int[] a = chunk.indexes();
    int[] b = sample.indexes();
    int[] union = new int[a.length + b.length];
    int[] placesOfA = new int[a.length];
    int[] placesOfB = new int[b.length];
    int i = 0;
    int j = 0;
    int n = 0;
    for (; i < a.length || j < b.length; n++) {
      boolean fromA = i < a.length && (j == b.length || a[i] <= b[j]);
      boolean fromB = j < b.length && (i == a.length || b[j] <= a[i]);
      union[n] = fromA ? a[i] : b[j];
      if (fromA) {
        placesOfA[i++] = n;
      }
      if (fromB) {
        placesOfB[j++] = n;
      }
    }
    return new LayoutMerge(
        Arrays.copyOf(union, n),
        n == a.length ? null : placesOfA,
        n == b.length ? null : placesOfB);
  }

  /** All buckets, in as few spans as can be. */
  BucketLayout union() {
    return BucketLayout.ofIndexes(union, union.length);
  }

  /** Whether the sample has buckets that the chunk lacks. */
  boolean chunkGrows() {
    return chunkPlaces != null;
  }

  /** Whether the chunk has buckets that the sample lacks. */
  boolean sampleGrows() {
    return samplePlaces != null;
  }

  /** The deltas of a sample of the chunk in the layout of both. */
  long[] spreadChunk(long[] deltas) {
    return spread(deltas, chunkPlaces);
  }

  /** The deltas of the sample in the layout of both. */
  long[] spreadSample(long[] deltas) {
    return spread(deltas, samplePlaces);
  }

  /** The counts of a sample of the chunk in the layout of both. */
  double[] spreadChunk(double[] counts) {
    return spread(counts, chunkPlaces);
  }

  /** The counts of the sample in the layout of both. */
  double[] spreadSample(double[] counts) {
    return spread(counts, samplePlaces);
  }

  private long[] spread(long[] deltas, int @Nullable [] places) {
    if (places == null) {
      return deltas;
    }
    long[] spread = new long[union.length];
    long count = 0;
    int next = 0;
    for (int i = 0; i < places.length; i++) {
      boolean afterGap = places[i] > next;
      if (afterGap) {
        spread[next] = -count;
      }
      spread[places[i]] = afterGap ? count + deltas[i] : deltas[i];
      count += deltas[i];
      next = places[i] + 1;
    }
    if (next < spread.length) {
      spread[next] = -count;
    }
    return spread;
  }

  private double[] spread(double[] counts, int @Nullable [] places) {
    if (places == null) {
      return counts;
    }
    double[] spread = new double[union.length];
    for (int i = 0; i < places.length; i++) {
      spread[places[i]] = counts[i];
    }
    return spread;
  }
}
