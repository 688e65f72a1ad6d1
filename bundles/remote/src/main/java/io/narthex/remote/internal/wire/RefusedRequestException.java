package io.narthex.remote.internal.wire;

/** A request that cannot be read, with the status that says so and a text for its sender. */
public final class RefusedRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  private RefusedRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The bytes are not what they should be. */
  static RefusedRequestException malformed(String message) {
    return new RefusedRequestException(400, message);
  }

  /** The headers announce what is not taken here. */
  static RefusedRequestException unsupported(String message) {
    return new RefusedRequestException(415, message);
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }

  /** The text of the answer. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
