package io.narthex.notifier.email.internal.compose;

/** No mail can be made of this notification; trying again will not help. */
public final class BadMailException extends Exception {
  private static final long serialVersionUID = 1L;

  BadMailException(String message) {
    super(message);
  }
}
