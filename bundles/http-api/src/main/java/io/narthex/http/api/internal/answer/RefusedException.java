package io.narthex.http.api.internal.answer;

/** A request that gets an error instead of a body. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorType type;
  private final String message;

  /** With the type and the whole message of the error. */
  public RefusedException(ErrorType type, String message) {
    super(message);
    this.type = type;
    this.message = message;
  }

  /** The error's type. */
  public ErrorType type() {
    return type;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
