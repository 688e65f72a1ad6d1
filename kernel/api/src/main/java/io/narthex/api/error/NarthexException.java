package io.narthex.api.error;

import org.jspecify.annotations.Nullable;

/**
 * An error with a code and a message for people: what was wrong, where, and what would be right.
 */
public class NarthexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;

  /** An error without a cause. */
  public NarthexException(ErrorCode code, String message) {
    this(code, message, null);
  }

  /** An error with its cause. */
  public NarthexException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The code. */
  public ErrorCode code() {
    return code;
  }
}
