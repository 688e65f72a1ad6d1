package io.narthex.storage.internal.document;

/**
 * A document of the log of samples breaks its format, although its checksum is right: a defect, or
 * a foreign writer.
 */
public final class BadDocumentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public BadDocumentException(String message) {
    super(message);
  }
}
