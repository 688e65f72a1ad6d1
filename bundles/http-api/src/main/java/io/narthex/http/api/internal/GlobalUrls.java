package io.narthex.http.api.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Turns URLs of targets on this machine into ones that work from elsewhere, as upstream does: the
 * host becomes the server's own name.
 *
 * @param hostName the server's name as others know it
 */
record GlobalUrls(String hostName) {
  private static final Set<String> LOCAL = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

  String of(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getHost() == null || !LOCAL.contains(uri.getHost())) {
        return url;
      }
      return new URI(
              uri.getScheme(),
              null,
              hostName,
              uri.getPort(),
              uri.getPath(),
              uri.getQuery(),
              uri.getFragment())
          .toString();
    } catch (URISyntaxException ignored) {
      return url;
    }
  }
}
