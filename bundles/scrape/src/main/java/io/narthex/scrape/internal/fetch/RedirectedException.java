package io.narthex.scrape.internal.fetch;

/** A target answered with a redirect, which the transport that met it does not follow. */
public final class RedirectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A redirect. */
  public RedirectedException() {
    super("the target redirects");
  }
}
