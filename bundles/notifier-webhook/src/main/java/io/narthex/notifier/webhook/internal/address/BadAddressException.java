package io.narthex.notifier.webhook.internal.address;

/** There is no URL to send a notification to. */
public final class BadAddressException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean retry;

  private BadAddressException(String message, boolean retry) {
    super(message);
    this.retry = retry;
  }

  /** Trying again will not help. */
  static BadAddressException lasting(String message) {
    return new BadAddressException(message, false);
  }

  /** Upstream tries again. */
  static BadAddressException passing(String message) {
    return new BadAddressException(message, true);
  }

  /** Whether to try again. */
  public boolean retry() {
    return retry;
  }
}
