package io.narthex.promql.internal.steps;

/**
 * The times at which a query is evaluated; an instant query has one.
 *
 * @param start the first, in ms since 1970
 * @param interval ms from one to the next
 * @param queryEnd what {@code @ end()} means: the end that was asked for, which may lie behind the
 *     last step
 */
public record Steps(long start, long interval, int count, long queryEnd) {
  /** Steps that end where the query ends. */
  public Steps(long start, long interval, int count) {
    this(start, interval, count, start + (count - 1) * interval);
  }

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
