package io.narthex.api.storage;

import org.osgi.annotation.versioning.ProviderType;

/** Reads the samples of one series in the wanted time range, in order of time, many at a time. */
@ProviderType
public interface SampleCursor {
  /**
   * Copies the next samples into both arrays from {@code offset} on, as many as fit and are there.
   * Stale markers are among them. It allocates nothing.
   *
   * @return how many, or -1 if there are no more
   */
  int read(long[] timestamps, double[] values, int offset, int length);
}
