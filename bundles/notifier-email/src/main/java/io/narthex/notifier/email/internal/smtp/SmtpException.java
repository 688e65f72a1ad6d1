package io.narthex.notifier.email.internal.smtp;

import io.narthex.spi.notify.Delivery;
import io.narthex.spi.notify.FailureReason;

/** A mail was not delivered; the message is worded as upstream's. */
public final class SmtpException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;
  private final boolean retry;

  private SmtpException(FailureReason reason, boolean retry, String message) {
    super(message);
    this.reason = reason;
    this.retry = retry;
  }

  /** It may be delivered when it is tried again. */
  static SmtpException passing(String message) {
    return new SmtpException(FailureReason.OTHER, true, message);
  }

  /** It will never be delivered with this configuration. */
  static SmtpException lasting(String message) {
    return new SmtpException(FailureReason.OTHER, false, message);
  }

  static SmtpException tooLate(String message) {
    return new SmtpException(FailureReason.CONTEXT_DEADLINE_EXCEEDED, true, message);
  }

  static SmtpException canceled(Step step) {
    return new SmtpException(
        FailureReason.CONTEXT_CANCELED, true, step.words() + ": context canceled");
  }

  /** For the caller. */
  public Delivery.Failed delivery() {
    return new Delivery.Failed(reason, retry, String.valueOf(getMessage()));
  }
}
