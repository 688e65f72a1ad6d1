package io.narthex.scrape.internal.fetch;

import org.jspecify.annotations.Nullable;

/**
 * The address of a server. {@link java.net.URI} gives no host for names with an underscore, which
 * container networks have, so the authority is split here.
 */
public record HostPort(String host, int port) {
  /** Splits an authority. */
  public static HostPort of(@Nullable String authority, int defaultPort) {
    if (authority == null || authority.isEmpty()) {
      throw new IllegalArgumentException("it has no host");
    }
    String address = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = address.lastIndexOf(':');
    if (colon < 0 || colon < address.lastIndexOf(']')) {
      return new HostPort(address, defaultPort);
    }
    String port = address.substring(colon + 1);
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      throw new IllegalArgumentException("\"%s\" is no port".formatted(port));
    }
    return new HostPort(address.substring(0, colon), Integer.parseInt(port));
  }
}
