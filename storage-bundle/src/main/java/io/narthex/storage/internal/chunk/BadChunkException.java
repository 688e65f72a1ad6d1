package io.narthex.storage.internal.chunk;

/** A chunk breaks its format: damaged bytes, or those of a version that is not known. */
public final class BadChunkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public BadChunkException(String message) {
    super(message);
  }

  /** Says what is wrong, and what found it. */
  public BadChunkException(String message, Throwable cause) {
    super(message, cause);
  }
}
