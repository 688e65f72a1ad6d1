package io.narthex.discovery.file.internal;

import java.time.Duration;

/**
 * How long a change of a file must have been there before it counts. Readers cannot see whether a
 * writer is done; a file that is replaced by a rename is always whole, one that is written in place
 * is not.
 */
enum Patience {
  /** For a file that is seen for the first time: nothing can be lost. */
  NONE(Duration.ZERO, Duration.ZERO),

  /** For files that were replaced, that have gone, that grew or that have an error. */
  USUAL(Duration.ofMillis(300), Duration.ofSeconds(5)),

  /** For a file with fewer targets that was written in place. */
  SHRINKING(Duration.ofSeconds(2), Duration.ofMinutes(1)),

  /** For a file that had targets and is empty: {@code generate >file} empties it first. */
  BLANK(Duration.ofSeconds(30), Duration.ofSeconds(30));

  private final Duration quiet;
  private final Duration longest;

  Patience(Duration quiet, Duration longest) {
    this.quiet = quiet;
    this.longest = longest;
  }

  /** How long the same must have been seen. */
  Duration quiet() {
    return quiet;
  }

  /**
   * How long to wait still; zero if the change counts.
   *
   * @param sameNanos for how long the same was seen
   * @param restlessNanos for how long the file has not been what it was, if it goes on changing
   */
  Duration left(long sameNanos, long restlessNanos) {
    long left = Math.min(quiet.toNanos() - sameNanos, longest.toNanos() - restlessNanos);
    return Duration.ofNanos(Math.max(0, left));
  }
}
