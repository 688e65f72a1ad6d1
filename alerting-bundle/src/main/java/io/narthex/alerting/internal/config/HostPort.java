package io.narthex.alerting.internal.config;

/** Addresses of a host and a port, as upstream takes them. */
final class HostPort {
  private HostPort() {}

  /** Whether a text is one; an IPv6 address stands in square brackets, the host may be missing. */
  static boolean isValid(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || colon == text.length() - 1) {
      return false;
    }
    String host = text.substring(0, colon);
    String inner =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    boolean bracketed = inner.length() < host.length();
    return (bracketed || inner.indexOf(':') < 0)
        && inner.indexOf('[') < 0
        && inner.indexOf(']') < 0;
  }
}
