package io.narthex.scrape.internal.fetch;

/** A target could not be read; the message is what is shown as the target's error. */
public final class FetchException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An error with its message. */
  public FetchException(String message) {
    super(message);
  }
}
