package io.narthex.api.query;

import io.narthex.api.model.Labels;
import java.util.List;

/** The value of an expression, by PromQL's types. */
public sealed interface QueryValue {
  /** A number at a time. */
  record Scalar(long timestamp, double value) implements QueryValue {}

  /** A string at a time. */
  record Text(long timestamp, String value) implements QueryValue {}

  /** One sample per series, all at the same time. Without an order, unless the expression sorts. */
  record Vector(List<Sample> samples) implements QueryValue {
    /** Copies the list. */
    public Vector {
      samples = List.copyOf(samples);
    }
  }

  /** Many samples per series; series in order of labels. */
  record Matrix(List<Series> series) implements QueryValue {
    /** Copies the list. */
    public Matrix {
      series = List.copyOf(series);
    }
  }

  /** A value of a series at a time. */
  record Sample(Labels labels, long timestamp, double value) {}

  /**
   * The samples of a series in order of time; both arrays have the same length and belong to the
   * result.
   */
  record Series(Labels labels, long[] timestamps, double[] values) {}
}
