package io.narthex.discovery.core.internal;

/** A target cannot be scraped as its labels stand; the message says why. */
final class BadTargetException extends Exception {
  private static final long serialVersionUID = 1L;

  BadTargetException(String message) {
    super(message);
  }
}
