package io.narthex.alerting.internal.matcher;

/** A text is no matcher, or its regular expression does not compile; worded as upstream's. */
public final class BadMatcherException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error. */
  public BadMatcherException(String message) {
    super(message);
  }
}
