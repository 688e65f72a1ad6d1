package io.narthex.alerting.internal.state;

/** Bytes that are no value; the message says what is wrong with them. */
public final class BadEntryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public BadEntryException(String message) {
    super(message);
  }
}
