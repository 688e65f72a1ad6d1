package io.narthex.notifier.email.internal.settings;

import java.util.Map;

/**
 * The server that takes the mail.
 *
 * @param host a name or address; empty: this machine
 */
public record Smarthost(String host, int port) {
  /** Where mail is spoken over TLS from the beginning. */
  public static final int IMPLICIT_TLS_PORT = 465;

  private static final Map<String, Integer> SERVICES =
      Map.of("smtp", 25, "submission", 587, "smtps", IMPLICIT_TLS_PORT, "submissions", 465);

  /**
   * Reads {@code host:port}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static Smarthost parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || text.endsWith("]")) {
      throw new IllegalArgumentException("has no port");
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (!bracketed && host.matches(".*[:\\[\\]].*")) {
      throw new IllegalArgumentException("has too many colons");
    }
    if (!host.matches("[^\\s\\x00-\\x1f/@]*")) {
      throw new IllegalArgumentException("has a host with characters that no host has");
    }
    String name = bracketed ? host.substring(1, host.length() - 1) : host;
    return new Smarthost(name, port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("has an empty port");
    }
    Integer service = SERVICES.get(text);
    int port = service != null ? service : text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("has no port from 1 to 65535");
    }
    return port;
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
