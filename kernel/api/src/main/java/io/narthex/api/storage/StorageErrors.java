package io.narthex.api.storage;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;

/** The codes of the errors that storage calls may throw. */
public final class StorageErrors {
  /** The storage has stopped or is stopping; there may soon be another. */
  public static final ErrorCode STOPPED = new ErrorCode("storage/stopped", ErrorKind.UNAVAILABLE);

  /** There is no room for a new series; those that exist go on. */
  public static final ErrorCode SERIES_LIMIT =
      new ErrorCode("storage/series-limit", ErrorKind.RESOURCES);

  /** The log did not take the transaction: a full or broken disk. */
  public static final ErrorCode LOG_FAILED =
      new ErrorCode("storage/log-failed", ErrorKind.INTERNAL);

  /** No samples are taken, since the disk has too little room; they will be when it has. */
  public static final ErrorCode NO_ROOM = new ErrorCode("storage/no-room", ErrorKind.UNAVAILABLE);

  /** A regular expression does not compile. */
  public static final ErrorCode BAD_MATCHER =
      new ErrorCode("storage/bad-matcher", ErrorKind.BAD_DATA);

  /** A histogram has more buckets than can be stored. */
  public static final ErrorCode SAMPLE_TOO_LARGE =
      new ErrorCode("storage/sample-too-large", ErrorKind.BAD_DATA);

  private StorageErrors() {}
}
