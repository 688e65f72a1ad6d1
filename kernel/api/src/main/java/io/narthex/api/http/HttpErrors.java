package io.narthex.api.http;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;

/** The codes of the errors that a request may end with. */
public final class HttpErrors {
  /** No connection, or it broke before the answer was whole. */
  public static final ErrorCode CONNECTION =
      new ErrorCode("http-client/connection", ErrorKind.UNAVAILABLE);

  /** Its time was over. */
  public static final ErrorCode TIMEOUT = new ErrorCode("http-client/timeout", ErrorKind.TIMEOUT);

  /** The sink did not take the body. */
  public static final ErrorCode BODY_REFUSED =
      new ErrorCode("http-client/body-refused", ErrorKind.RESOURCES);

  /** A file with a secret or certificate cannot be read, or no token could be had. */
  public static final ErrorCode CREDENTIALS =
      new ErrorCode("http-client/credentials", ErrorKind.UNAVAILABLE);

  /** The answer is no HTTP, or redirects without end. */
  public static final ErrorCode PROTOCOL =
      new ErrorCode("http-client/protocol", ErrorKind.BAD_DATA);

  private HttpErrors() {}
}
