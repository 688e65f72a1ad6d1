package io.narthex.http.api.internal.request;

/** A request that cannot be understood; the message is upstream's, complete. */
public final class BadParameterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;

  /** With the whole message. */
  public BadParameterException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** As upstream words it: <code>invalid parameter "step": …</code>. */
  static BadParameterException of(String parameter, String reason) {
    return new BadParameterException("invalid parameter \"%s\": %s".formatted(parameter, reason));
  }
}
