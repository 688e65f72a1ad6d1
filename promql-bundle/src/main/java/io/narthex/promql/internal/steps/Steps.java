package io.narthex.promql.internal.steps;

/**
 * The times at which a query is evaluated; an instant query has one.
 *
 * @param start the first, in ms since 1970
 * @param interval ms from one to the next
 */
public record Steps(long start, long interval, int count) {
  /** The time of a step, counted from 0. */
  public long time(int step) {
    return start + step * interval;
  }

  /** The time of the last step. */
  public long end() {
    return time(count - 1);
  }

  /** {@code a - b}, or the end of the range of long that it would go beyond. */
  public static long minus(long a, long b) {
    long difference = a - b;
    boolean overflow = ((a ^ b) & (a ^ difference)) < 0;
    if (!overflow) {
      return difference;
    }
    return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }
}
