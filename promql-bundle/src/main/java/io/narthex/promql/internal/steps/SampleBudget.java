package io.narthex.promql.internal.steps;

import io.narthex.api.error.NarthexException;
import io.narthex.api.query.QueryErrors;

/**
 * How many samples a query may hold in memory. Whoever is going to hold some reserves them first.
 */
public final class SampleBudget {
  private final long max;
  private long reserved;

  /** A budget of which nothing is used. */
  public SampleBudget(long max) {
    this.max = max;
  }

  /**
   * Reserves room for samples.
   *
   * @throws NarthexException with {@link QueryErrors#TOO_MANY_SAMPLES}
   */
  public void reserve(long samples) {
    reserved += samples;
    if (reserved > max) {
      throw new NarthexException(
          QueryErrors.TOO_MANY_SAMPLES,
          "query processing would load too many samples into memory in query execution");
    }
  }

  /** Gives back what was reserved. */
  public void release(long samples) {
    reserved -= samples;
  }
}
