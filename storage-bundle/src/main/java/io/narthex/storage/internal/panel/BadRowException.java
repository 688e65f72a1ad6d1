package io.narthex.storage.internal.panel;

/** The bytes are no row of the panel. */
public final class BadRowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadRowException(String message) {
    super(message);
  }
}
