package io.narthex.api.storage;

import io.narthex.api.model.histogram.NativeHistogram;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads the samples of one series in the wanted time range, in order of time: floats many at a
 * time, passing over histograms, or samples of all kinds one by one. Both ways go on where the
 * other stopped.
 */
@ProviderType
public interface SampleCursor {
  /**
   * Copies the next floats into both arrays from {@code offset} on, as many as fit and are there.
   * Stale markers are among them; native histograms are passed over. It allocates nothing.
   *
   * @return how many, or -1 if there are no more
   */
  int read(long[] timestamps, double[] values, int offset, int length);

  /**
   * Goes to the next sample of any kind, which {@link #kind}, {@link #timestamp}, {@link #value}
   * and {@link #histogram} then tell about.
   *
   * @return false if there are no more
   * @throws UnsupportedOperationException if this storage has floats only; then {@link #read} gives
   *     them all
   */
  default boolean next() {
    throw new UnsupportedOperationException("this storage has floats only, to be got by read");
  }

  /** What the sample is to which {@link #next} went. */
  default SampleKind kind() {
    return SampleKind.FLOAT;
  }

  /** Its time in ms since 1970. */
  default long timestamp() {
    throw new IllegalStateException("the cursor is not at a sample; call next first");
  }

  /** Its value, if it is a float. */
  default double value() {
    throw new IllegalStateException("the cursor is not at a float; call next first");
  }

  /** The histogram, if it is one; made anew by each call. */
  default NativeHistogram histogram() {
    throw new IllegalStateException("the cursor is not at a histogram; call next first");
  }
}
