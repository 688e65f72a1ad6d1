package io.narthex.pushgateway.internal.intake;

/** A pushed body that cannot be read; the message is for the client. */
public sealed class PushFormatException extends Exception permits PushTooLargeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, and where. */
  public PushFormatException(String message) {
    super(message);
  }
}
