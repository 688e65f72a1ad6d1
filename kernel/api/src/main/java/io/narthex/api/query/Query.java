package io.narthex.api.query;

/** A PromQL expression and the times to evaluate it at. Times are in ms since 1970. */
public sealed interface Query {
  /** The expression. */
  String expression();

  /** How to run it. */
  QueryOptions options();

  /** At one time. */
  record Instant(String expression, long time, QueryOptions options) implements Query {}

  /**
   * At {@code start}, {@code start + step} … up to and including {@code end}; the step is in ms and
   * above 0.
   */
  record Range(String expression, long start, long end, long step, QueryOptions options)
      implements Query {
    /** Rejects a range that has no steps. */
    public Range {
      if (step <= 0 || end < start) {
        throw new IllegalArgumentException(
            "a range has a step above 0 and an end not before its start, got step %d ms, start %d, end %d"
                .formatted(step, start, end));
      }
    }
  }
}
