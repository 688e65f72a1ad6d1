package io.narthex.storage.internal.failpoint;

/** What a {@link FailPoint} throws that was told to. */
public final class FailPointException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FailPointException(String message) {
    super(message);
  }
}
