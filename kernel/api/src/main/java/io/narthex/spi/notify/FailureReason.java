package io.narthex.spi.notify;

/**
 * Why a delivery failed: the values of the label {@code reason} of {@code
 * alertmanager_notifications_failed_total}.
 */
public enum FailureReason {
  /** The receiver refused who we are. */
  AUTH_ERROR("authError"),
  /** The receiver wants fewer. */
  RATE_LIMITED("rateLimited"),
  /** The receiver says that the request is wrong. */
  CLIENT_ERROR("clientError"),
  /** The receiver is broken. */
  SERVER_ERROR("serverError"),
  /** It was given up, for example because the server stops. */
  CONTEXT_CANCELED("contextCanceled"),
  /** It took too long. */
  CONTEXT_DEADLINE_EXCEEDED("contextDeadlineExceeded"),
  /** Anything else. */
  OTHER("other");

  private final String label;

  FailureReason(String label) {
    this.label = label;
  }

  /** The label's value. */
  public String label() {
    return label;
  }
}
