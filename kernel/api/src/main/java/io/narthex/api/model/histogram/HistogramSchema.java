package io.narthex.api.model.histogram;

/**
 * The numbers that say where the borders of a histogram's buckets are.
 *
 * <p>An <em>exponential</em> schema {@code n} divides each power of two into {@code 2^n} buckets
 * (for a negative {@code n}, one bucket takes {@code 2^-n} powers of two): the bucket with index
 * {@code i} ends at {@code 2^(i * 2^-n)}, that border included. {@link #CUSTOM} takes the borders
 * from the histogram itself.
 *
 * <p>Upstream: <a
 * href="https://prometheus.io/docs/specs/native_histograms/#schema">prometheus.io/docs/specs/native_histograms</a>.
 */
public final class HistogramSchema {
  /** The coarsest exponential schema that may be appended. */
  public static final int MIN = -4;

  /** The finest exponential schema that may be appended; finer histograms are made coarser. */
  public static final int MAX = 8;

  /** The coarsest exponential schema that has a meaning. */
  public static final int MIN_KNOWN = -9;

  /** The finest exponential schema that has a meaning. */
  public static final int MAX_KNOWN = 52;

  /** Custom bounds, as classic histograms have them. */
  public static final int CUSTOM = -53;

  private HistogramSchema() {}

  /** Whether a histogram of this schema may be appended as it is. */
  public static boolean isValid(int schema) {
    return schema == CUSTOM || (schema >= MIN && schema <= MAX);
  }

  /** Whether the schema has a meaning, although it may have to be made coarser. */
  public static boolean isKnown(int schema) {
    return schema == CUSTOM || (schema >= MIN_KNOWN && schema <= MAX_KNOWN);
  }

  /**
   * The index of the bucket that takes a bucket in, in a schema that is coarser.
   *
   * @param steps how much coarser: the difference of the two schemas, 0 or more
   */
  public static int coarserIndex(int index, int steps) {
    return (int) (((index - 1L) >> steps) + 1);
  }
}
