package io.narthex.storage.internal.query;

import io.narthex.api.model.histogram.NativeHistogram;
import io.narthex.api.storage.SampleKind;

/** Some samples of a series in order of time, one by one. */
abstract sealed class SampleSource permits RowSource, ChunkSource {
  /** Goes to the next sample; false at the end. */
  abstract boolean advance();

  /** The time of the sample that it is at. */
  abstract long time();

  /** What the sample is. */
  abstract SampleKind kind();

  /** Its value, if it is a float. */
  abstract double value();

  /** The histogram, if it is one; made anew by each call. */
  abstract NativeHistogram histogram();
}
