package io.narthex.api.model.histogram;

import io.narthex.api.error.NarthexException;
import java.util.Arrays;

/**
 * The upper bounds of the buckets of a histogram with {@link HistogramSchema#CUSTOM}: bucket 0 has
 * what is at most bound 0, and after the last bound there is one more bucket that ends at +Inf.
 * Immutable, and made to be shared.
 */
public final class CustomBounds {
  /** No bounds: of every exponential histogram, and of a custom one with a single bucket. */
  public static final CustomBounds NONE = new CustomBounds(new double[0]);

  private final double[] bounds;

  private CustomBounds(double[] bounds) {
    this.bounds = bounds;
  }

  /**
   * These bounds, copied.
   *
   * @throws NarthexException with a code of {@link HistogramErrors} if they do not rise strictly,
   *     or one is not a number, or the last one is +Inf
   */
  public static CustomBounds of(double... bounds) {
    if (bounds.length == 0) {
      return NONE;
    }
    double[] own = new double[bounds.length];
    for (int i = 0; i < own.length; i++) {
      // A zero has no sign here: upstream's chunks do not keep it.
      own[i] = bounds[i] + 0.0;
      if (Double.isNaN(own[i])) {
        throw new NarthexException(
            HistogramErrors.BOUNDS_NAN,
            "custom bound %d of %d is NaN; bounds are numbers that rise"
                .formatted(i + 1, own.length));
      }
      if (i > 0 && own[i] <= own[i - 1]) {
        throw new NarthexException(
            HistogramErrors.BOUNDS_ORDER,
            "custom bound %d of %d is %s after %s; each must be greater than the one before"
                .formatted(i + 1, own.length, own[i], own[i - 1]));
      }
    }
    if (own[own.length - 1] == Double.POSITIVE_INFINITY) {
      throw new NarthexException(
          HistogramErrors.BOUNDS_INFINITE,
          "the last of %d custom bounds is +Inf; leave it out, the last bucket always ends there"
              .formatted(own.length));
    }
    return new CustomBounds(own);
  }

  /** How many bounds; there may be one bucket more. */
  public int size() {
    return bounds.length;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return bounds.length == 0;
  }

  /** A bound, counted from 0. */
  public double bound(int i) {
    return bounds[i];
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof CustomBounds that && Arrays.equals(bounds, that.bounds));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return Arrays.toString(bounds);
  }
}
