package io.narthex.alerting.internal;

import io.narthex.api.error.ErrorCode;
import io.narthex.api.error.ErrorKind;

/** The codes of the errors of the Alertmanager as a whole. */
public final class AlertingErrors {
  /** No configuration is in force. */
  public static final ErrorCode NO_CONFIGURATION =
      new ErrorCode("alerting/no-configuration", ErrorKind.UNAVAILABLE);

  private AlertingErrors() {}
}
