package io.narthex.notifier.email.internal.tls;

import org.jspecify.annotations.Nullable;

/** A configuration of TLS cannot be used; the message is worded as upstream's. */
public final class BadTlsException extends Exception {
  private static final long serialVersionUID = 1L;

  BadTlsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
