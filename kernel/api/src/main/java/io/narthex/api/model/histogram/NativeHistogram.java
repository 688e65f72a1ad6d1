package io.narthex.api.model.histogram;

/** A sample that holds a distribution, with counts of either kind. Immutable. */
public sealed interface NativeHistogram permits Histogram, FloatHistogram {
  /** What is known about resets. */
  CounterResetHint resetHint();

  /** See {@link HistogramSchema}. */
  int schema();

  /** How far the zero bucket reaches to both sides. */
  double zeroThreshold();

  /** The upper bounds of its buckets; none unless the schema is {@link HistogramSchema#CUSTOM}. */
  CustomBounds bounds();

  /** The sum of all observations; the stale marker says that the series ended. */
  double sum();

  /** Whether it says that the series ended; then nothing else in it has a meaning. */
  boolean isStale();

  /**
   * Checks what a histogram that comes from outside must fulfil.
   *
   * @throws io.narthex.api.error.NarthexException with a code of {@link HistogramErrors}
   */
  void validate();

  /** Whether both are of one kind and hold the same data: all but the hint, numbers to the bit. */
  static boolean sameData(NativeHistogram a, NativeHistogram b) {
    return switch (a) {
      case Histogram whole -> b instanceof Histogram other && whole.sameData(other);
      case FloatHistogram floats -> b instanceof FloatHistogram other && floats.sameData(other);
    };
  }
}
