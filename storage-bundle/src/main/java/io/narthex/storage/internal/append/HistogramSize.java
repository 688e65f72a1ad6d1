package io.narthex.storage.internal.append;

import io.narthex.api.model.histogram.BucketLayout;
import io.narthex.api.model.histogram.FloatHistogram;
import io.narthex.api.model.histogram.Histogram;
import io.narthex.api.model.histogram.NativeHistogram;

/** How much a histogram takes in the log, which bounds its documents. */
final class HistogramSize {
  /** Each takes 10 bytes at most, so that one more always fits into a document that has begun. */
  static final int MOST = 32_768;

  private HistogramSize() {}

  /** Buckets, spans and bounds. */
  static long of(NativeHistogram of) {
    return of.bounds().size()
        + switch (of) {
          case Histogram h -> of(h.positive().layout()) + of(h.negative().layout());
          case FloatHistogram h -> of(h.positive().layout()) + of(h.negative().layout());
        };
  }

  private static long of(BucketLayout layout) {
    // A span is two numbers, but these have 5 bytes at most.
    return (long) layout.buckets() + layout.spanCount();
  }
}
