package io.narthex.api.guard;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;

/** The codes of the errors a guarded call may end with. */
public final class GuardErrors {
  /** The drop-in threw. */
  public static final ErrorCode FAILED = new ErrorCode("guard/failed", ErrorKind.INTERNAL);

  /** The drop-in did not come back in time. */
  public static final ErrorCode TIMEOUT = new ErrorCode("guard/timeout", ErrorKind.TIMEOUT);

  /** All threads of the drop-in's bundle are in use. */
  public static final ErrorCode BUSY = new ErrorCode("guard/busy", ErrorKind.RESOURCES);

  /** The drop-in is gone, or is not to be called any more. */
  public static final ErrorCode GONE = new ErrorCode("guard/gone", ErrorKind.UNAVAILABLE);

  private GuardErrors() {}
}
