package io.narthex.promql.internal.steps;

/**
 * A sum that carries its rounding error along, with Neumaier's improvement. The operations and
 * their order are upstream's, so that results agree to the last bit. Not safe for use by several
 * threads.
 */
public final class KahanSum {
  private double sum;
  private double error;

  /** Starts again from this sum. */
  public void reset(double start) {
    sum = start;
    error = 0;
  }

  /** Adds a number. */
  public void add(double x) {
    double t = sum + x;
    error = nextError(sum, x, t, error);
    sum = t;
  }

  /**
   * The error that is left when {@code t = sum + x} was rounded, together with what was left
   * before.
   */
  public static double nextError(double sum, double x, double t, double error) {
    if (t > Double.MAX_VALUE || t < -Double.MAX_VALUE) {
      return 0;
    }
    return Math.abs(sum) >= Math.abs(x) ? error + ((sum - t) + x) : error + ((x - t) + sum);
  }

  /** Multiplies the sum and its error. */
  public void scale(double factor) {
    sum *= factor;
    error *= factor;
  }

  /** Divides the sum and its error. */
  public void divide(double divisor) {
    sum /= divisor;
    error /= divisor;
  }

  /** The sum without the error. */
  public double sum() {
    return sum;
  }

  /** The error alone. */
  public double error() {
    return error;
  }

  /** The sum with the error. */
  public double value() {
    return sum + error;
  }
}
