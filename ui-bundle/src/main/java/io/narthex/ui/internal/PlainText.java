package io.narthex.ui.internal;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Answers with one line of text. */
final class PlainText {
  private PlainText() {}

  static void send(HttpServerResponse response, int status, String line) {
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(line + "\n");
  }
}
