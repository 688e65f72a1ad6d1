package io.narthex.http.client.internal.exchange;

import io.narthex.api.http.HttpRequest;
import io.narthex.http.client.internal.exchange.Preparation.Prepared;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.util.Map;

/**
 * One request on the way of redirects.
 *
 * @param foreign whether the way has left the first host; then nothing secret is told any more,
 *     even if it comes back
 * @param referer where the way comes from, or {@code ""}
 */
record Hop(Route route, URI url, String method, boolean hasBody, boolean foreign, String referer) {
  static Hop first(HttpRequest request, Route route) {
    return new Hop(route, request.url(), request.method(), request.body().length > 0, false, "");
  }

  /** The next one. */
  Hop redirected(Route first, Route to, URI toUrl, int status) {
    return new Hop(
        to,
        toUrl,
        Redirects.method(method, status),
        hasBody && Redirects.keepsBody(status),
        foreign || !Redirects.mayTrust(first.host(), to.host()),
        Redirects.referer(route, url, to));
  }

  /** Whether it is authorized as the configuration says. */
  boolean takesCredentials() {
    return !foreign && route.userInfo() == null;
  }

  /** Puts the headers of the request together. */
  void fill(MultiMap headers, HttpRequest request, Prepared prepared, String userAgent) {
    boolean bodyDropped = !hasBody && request.body().length > 0;
    boolean authorized = false;
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      String name = header.getKey();
      boolean left =
          foreign && Redirects.isSensitive(name) || bodyDropped && Redirects.isOfBody(name);
      if (!left) {
        headers.set(name, header.getValue());
        authorized |= name.equalsIgnoreCase("authorization");
      }
    }
    if (!headers.contains("User-Agent")) {
      headers.set("User-Agent", userAgent);
    }
    if (!referer.isEmpty() && !headers.contains("Referer")) {
      headers.set("Referer", referer);
    }
    authorize(headers, authorized, prepared);
    for (Map.Entry<String, String> header : prepared.headers()) {
      if (!foreign || !Redirects.isSensitive(header.getKey())) {
        headers.add(header.getKey(), header.getValue());
      }
    }
  }

  private void authorize(MultiMap headers, boolean authorized, Prepared prepared) {
    String fromUrl = route.userInfo();
    String configured = foreign ? null : prepared.authorization();
    if (configured != null && prepared.overrides()) {
      headers.set("Authorization", configured);
    } else if (!authorized && fromUrl != null) {
      headers.set("Authorization", fromUrl);
    } else if (!authorized && configured != null) {
      headers.set("Authorization", configured);
    }
  }
}
