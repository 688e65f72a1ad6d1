package io.narthex.discovery.core.internal.target;

/** A target cannot be scraped as its labels stand; the message says why. */
final class BadTargetException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String problem;

  BadTargetException(String problem) {
    super(problem);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
