package io.narthex.http.api.internal.answer;

import io.narthex.api.error.ErrorCode;

/**
 * Upstream's error types with their statuses: the one table from our kinds of errors to what
 * clients see.
 */
public enum ErrorType {
  BAD_DATA("bad_data", 400),
  EXECUTION("execution", 422),
  // nginx' number for a client that is gone, as upstream uses it.
  CANCELED("canceled", 499),
  TIMEOUT("timeout", 503),
  UNAVAILABLE("unavailable", 503),
  INTERNAL("internal", 500),
  NOT_FOUND("not_found", 404);

  private final String text;
  private final int status;

  ErrorType(String text, int status) {
    this.text = text;
    this.status = status;
  }

  /** The type of a code, by its kind. */
  public static ErrorType of(ErrorCode code) {
    return switch (code.kind()) {
      case BAD_DATA -> BAD_DATA;
      // Upstream says "execution" when a query reaches a limit.
      case EXECUTION, RESOURCES -> EXECUTION;
      case NOT_FOUND -> NOT_FOUND;
      case TIMEOUT -> TIMEOUT;
      case CANCELED -> CANCELED;
      case UNAVAILABLE -> UNAVAILABLE;
      case INTERNAL -> INTERNAL;
    };
  }

  /** The value of {@code errorType}. */
  public String text() {
    return text;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
