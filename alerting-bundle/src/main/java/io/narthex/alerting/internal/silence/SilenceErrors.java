package io.narthex.alerting.internal.silence;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;

/** The codes of the errors of silences; their messages are worded as upstream's. */
public final class SilenceErrors {
  /** There is no such silence. */
  public static final ErrorCode NOT_FOUND =
      new ErrorCode("alerting/silence-not-found", ErrorKind.NOT_FOUND);

  /** The silence is not in order. */
  public static final ErrorCode INVALID =
      new ErrorCode("alerting/silence-invalid", ErrorKind.BAD_DATA);

  /** There are too many, or it is too large; over HTTP upstream answers this as bad data. */
  public static final ErrorCode LIMIT = new ErrorCode("alerting/silence-limit", ErrorKind.BAD_DATA);

  private SilenceErrors() {}
}
