package io.narthex.templates.internal.function;

import org.jspecify.annotations.Nullable;

/** A host and a port as Go's {@code net.SplitHostPort} tells them apart. */
record HostPort(String host, String port) {
  /** The host, or the text itself if it has no port. */
  static String stripPort(String text) {
    HostPort parts = split(text);
    return parts == null ? text : parts.host;
  }

  /** The first label of the host's name, and the port if there is one; addresses stay. */
  static String stripDomain(String text) {
    HostPort parts = split(text);
    String host = parts == null ? text : parts.host;
    String port = parts == null ? "" : parts.port;
    if (IpText.isAddress(host)) {
      return text;
    }
    int dot = host.indexOf('.');
    String name = dot < 0 ? host : host.substring(0, dot);
    if (port.isEmpty()) {
      return name;
    }
    return name.indexOf(':') >= 0 ? "[" + name + "]:" + port : name + ":" + port;
  }

  private static @Nullable HostPort split(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    String port = text.substring(colon + 1);
    String host = text.substring(0, colon);
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close + 1 != colon) {
        return null;
      }
      host = text.substring(1, close);
    } else if (host.indexOf(':') >= 0) {
      return null;
    }
    boolean strayBracket =
        host.indexOf('[') >= 0
            || host.indexOf(']') >= 0
            || port.indexOf('[') >= 0
            || port.indexOf(']') >= 0;
    return strayBracket ? null : new HostPort(host, port);
  }
}
