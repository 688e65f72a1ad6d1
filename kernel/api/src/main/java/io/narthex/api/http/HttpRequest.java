package io.narthex.api.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A request.
 *
 * @param method for example {@code GET}
 * @param url absolute; http or https
 * @param headers what is sent besides what the client's configuration says
 * @param body what is sent; empty: nothing. It belongs to the request from then on
 * @param timeout for all of it: connecting, redirects, the whole body
 */
public record HttpRequest(
    String method, URI url, Map<String, String> headers, byte[] body, Duration timeout) {
  private static final byte[] NO_BODY = {};

  /** Copies the map. */
  public HttpRequest {
    headers = Map.copyOf(headers);
  }

  /** A GET. */
  public static HttpRequest get(URI url, Map<String, String> headers, Duration timeout) {
    return new HttpRequest("GET", url, headers, NO_BODY, timeout);
  }
}
