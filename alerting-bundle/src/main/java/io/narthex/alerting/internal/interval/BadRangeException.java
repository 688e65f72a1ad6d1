package io.narthex.alerting.internal.interval;

/** A text is no range. */
final class BadRangeException extends Exception {
  private static final long serialVersionUID = 1L;

  BadRangeException(String message) {
    super(message);
  }
}
