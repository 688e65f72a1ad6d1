package io.narthex.spi.log;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;

/** The codes of the errors of a log. */
public final class LogErrors {
  /** The log could not be opened: in use, not writable, or foreign. */
  public static final ErrorCode OPEN = new ErrorCode("log/open", ErrorKind.INTERNAL);

  /** A document could not be written: disk full or broken. */
  public static final ErrorCode WRITE = new ErrorCode("log/write", ErrorKind.INTERNAL);

  /** The document is empty or too large. */
  public static final ErrorCode DOCUMENT_SIZE =
      new ErrorCode("log/document-size", ErrorKind.BAD_DATA);

  /** The log is closed. */
  public static final ErrorCode CLOSED = new ErrorCode("log/closed", ErrorKind.UNAVAILABLE);

  /** Another has opened it since. */
  public static final ErrorCode FENCED = new ErrorCode("log/fenced", ErrorKind.UNAVAILABLE);

  private LogErrors() {}
}
