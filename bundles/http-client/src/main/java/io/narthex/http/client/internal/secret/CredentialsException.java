package io.narthex.http.client.internal.secret;

/**
 * What a request needs could not be had: a file, a certificate, a token. The message is worded as
 * upstream's.
 */
public final class CredentialsException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An error with its message. */
  public CredentialsException(String message) {
    super(message);
  }

  /** An error with its message and cause. */
  public CredentialsException(String message, Throwable cause) {
    super(message, cause);
  }
}
