package io.narthex.storage.internal.column;

/** The bytes of a sealed panel break its format: the file is damaged, or a defect wrote it. */
public final class BadPanelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public BadPanelException(String message) {
    super(message);
  }
}
