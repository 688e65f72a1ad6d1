package io.narthex.http.client.internal.exchange;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Go's rules for following redirects. */
final class Redirects {
  /** As Go's client: the tenth redirect is not followed. */
  static final int MAX_REQUESTS = 10;

  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> SENSITIVE =
      Set.of(
          "authorization",
          "www-authenticate",
          "cookie",
          "cookie2",
          "proxy-authorization",
          "proxy-authenticate");
  private static final Set<String> OF_BODY =
      Set.of("content-encoding", "content-language", "content-location", "content-type");
  private static final String ILLEGAL = " \"<>\\^`{|}";

  /** In a query, where Go leaves it as it is. */
  private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private Redirects() {}

  static boolean isRedirect(int status) {
    return STATUSES.contains(status);
  }

  /** Whether method and body stay. */
  static boolean keepsBody(int status) {
    return status == 307 || status == 308;
  }

  /** The method of the next request. */
  static String method(String method, int status) {
    return keepsBody(status) || method.equals("GET") || method.equals("HEAD") ? method : "GET";
  }

  /** Whether a header must not be told to another host. */
  static boolean isSensitive(String name) {
    return SENSITIVE.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether a header says something about the body. */
  static boolean isOfBody(String name) {
    return OF_BODY.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether the credentials for one host may be told to the other: itself or one below. */
  static boolean mayTrust(String first, String next) {
    if (next.equals(first)) {
      return true;
    }
    // Addresses have no hosts below them.
    return next.indexOf(':') < 0 && next.indexOf('%') < 0 && next.endsWith("." + first);
  }

  /**
   * Where a redirect leads.
   *
   * @throws IllegalArgumentException if the location cannot be understood
   */
  static URI target(URI from, String location) {
    String problem = Locations.problem(location);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem);
    }
    URI to = parsed(escaped(location));
    // URI.resolve takes a lone query against the folder and not against the file.
    URI resolved =
        to.getRawAuthority() == null && !to.isAbsolute() && to.getRawPath().isEmpty()
            ? from.resolve(from.getRawPath() + escaped(location))
            : from.resolve(to);
    // There is nothing above the root; URI keeps the dots.
    String path = resolved.getRawPath();
    return path != null && path.startsWith("/../")
        ? resolved.resolve(path.replaceFirst("^(/\\.\\.)+(?=/)", "") + query(resolved))
        : resolved;
  }

  private static URI parsed(String location) {
    try {
      return new URI(location);
    } catch (URISyntaxException e) {
      // Its message repeats the location, which may hold a password.
      throw new IllegalArgumentException(e.getReason());
    }
  }

  private static String query(URI url) {
    return url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
  }

  /** Go takes characters in a location that {@link URI} does not. */
  private static String escaped(String location) {
    StringBuilder out = new StringBuilder(location.length());
    for (int i = 0; i < location.length(); i++) {
      char c = location.charAt(i);
      if (ILLEGAL.indexOf(c) >= 0) {
        out.append("%%%02X".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return BAD_ESCAPE.matcher(out).replaceAll("%25");
  }

  /** What Referer says, or {@code ""}. */
  static String referer(Route from, URI fromUrl, Route to) {
    return from.https() && !to.https() ? "" : ShownUrl.withoutUser(fromUrl.toString());
  }
}
