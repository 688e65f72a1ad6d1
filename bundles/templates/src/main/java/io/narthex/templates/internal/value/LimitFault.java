package io.narthex.templates.internal.value;

/** A template does more than it may. */
public final class LimitFault extends TemplateFault {
  private static final long serialVersionUID = 1L;

  /** A fault that names the limit. */
  public LimitFault(String message) {
    super(message);
  }
}
