package io.narthex.http.api.internal.request;

/**
 * A value that cannot be read; the message is the reason in upstream's words, without the
 * parameter.
 */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;

  UnreadableException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
