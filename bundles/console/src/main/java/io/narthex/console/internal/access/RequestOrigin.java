package io.narthex.console.internal.access;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from, as far as its headers tell.
 *
 * @param host the header {@code Host}
 * @param origin the header {@code Origin}
 * @param referer the header {@code Referer}
 * @param fetchSite the header {@code Sec-Fetch-Site}
 */
record RequestOrigin(
    @Nullable String host,
    @Nullable String origin,
    @Nullable String referer,
    @Nullable String fetchSite) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  /**
   * Whether it was addressed to this machine by a name of its own: a foreign name that leads to the
   * loopback address is a page of somebody else that wants to be taken for ours.
   */
  boolean namesLoopback() {
    String name = name();
    return name != null && LOOPBACK.contains(name);
  }

  /**
   * Whether it was addressed to this machine by one of those names, or by the one at which the
   * console listens.
   *
   * @param configured a name or an address, without brackets
   */
  boolean names(String configured) {
    String own = configured.contains(":") ? "[" + configured + "]" : configured;
    return namesLoopback() || own.toLowerCase(Locale.ROOT).equals(name());
  }

  private @Nullable String name() {
    if (host == null) {
      return null;
    }
    int port = host.lastIndexOf(':');
    String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    return name.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether no other site sent it. Programs that are no browsers say nothing of where they come
   * from; browsers always do when they change something.
   */
  boolean isOwn() {
    if (fetchSite != null && !OWN_SITE.contains(fetchSite)) {
      return false;
    }
    if (origin != null) {
      return isOurs(origin);
    }
    return referer == null || isOurs(referer);
  }

  private boolean isOurs(String url) {
    try {
      return host != null && host.equals(URI.create(url).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
