package io.narthex.ui.internal;

import io.vertx.core.http.HttpServerResponse;

/** Headers that tell a browser what the pages may do: nothing that they do not need. */
final class SecurityHeaders {
  /**
   * Scripts, styles, images and answers come from this server only, as files: nothing in line, no
   * exception. (Mantine is used so that it writes no style elements, the editor lives in a shadow
   * root with constructed style sheets.)
   */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; require-trusted-types-for 'script'";

  private SecurityHeaders() {}

  static void put(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer");
  }
}
