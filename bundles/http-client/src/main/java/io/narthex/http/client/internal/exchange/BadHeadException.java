package io.narthex.http.client.internal.exchange;

import java.io.Serial;

/** The head of an answer is not as it must be; the message is worded as Go's. */
final class BadHeadException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  BadHeadException(String message) {
    super(message);
  }
}
