package io.narthex.templates.internal.value;

/** What a function or an operation on values says is wrong; the executor adds where. */
public class TemplateFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault with Go's text. */
  public TemplateFault(String message) {
    // Templates fail at every evaluation until they are mended, and nobody reads these traces.
    super(message, null, false, false);
  }
}
