package io.narthex.http.api.internal.target;

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
      // Part by part as they are: the constructor that takes parts would decode and not encode
      // again.
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return "%s://%s%s%s%s".formatted(uri.getScheme(), hostName, port, uri.getRawPath(), query);
    } catch (URISyntaxException ignored) {
      return url;
    }
  }
}
