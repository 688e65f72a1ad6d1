package io.narthex.scrape.internal.text;

/**
 * An exposition is not what the format demands; the message says in which line and what was
 * expected.
 */
public final class ExpositionException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An error with its message. */
  public ExpositionException(String message) {
    super(message);
  }
}
