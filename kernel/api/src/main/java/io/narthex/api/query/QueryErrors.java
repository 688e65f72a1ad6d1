package io.narthex.api.query;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;

/** The codes of the errors that a query may end with. */
public final class QueryErrors {
  /** The expression is no PromQL, or its types do not fit. */
  public static final ErrorCode PARSE = new ErrorCode("promql/parse", ErrorKind.BAD_DATA);

  /** The expression is PromQL, but this version does not know how to run it. */
  public static final ErrorCode UNSUPPORTED =
      new ErrorCode("promql/unsupported", ErrorKind.BAD_DATA);

  /** The expression has no value on this data, for example when labels match many to many. */
  public static final ErrorCode EXECUTION = new ErrorCode("promql/execution", ErrorKind.EXECUTION);

  /** It needs more samples in memory than one query may. */
  public static final ErrorCode TOO_MANY_SAMPLES =
      new ErrorCode("promql/too-many-samples", ErrorKind.EXECUTION);

  /** Its time was over. */
  public static final ErrorCode TIMEOUT = new ErrorCode("promql/timeout", ErrorKind.TIMEOUT);

  /** It was canceled. */
  public static final ErrorCode CANCELED = new ErrorCode("promql/canceled", ErrorKind.CANCELED);

  /** The engine or the storage stopped under it, or too many queries wait. */
  public static final ErrorCode UNAVAILABLE =
      new ErrorCode("promql/unavailable", ErrorKind.UNAVAILABLE);

  /** A fault in the engine. */
  public static final ErrorCode INTERNAL = new ErrorCode("promql/internal", ErrorKind.INTERNAL);

  private QueryErrors() {}
}
