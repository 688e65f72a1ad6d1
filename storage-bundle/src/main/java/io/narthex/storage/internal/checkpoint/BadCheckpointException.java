package io.narthex.storage.internal.checkpoint;

import java.io.IOException;

/** A file is no whole checkpoint; the message says what is wrong, and where. */
final class BadCheckpointException extends IOException {
  private static final long serialVersionUID = 1L;

  BadCheckpointException(String message) {
    super(message);
  }
}
