package io.narthex.runtime.internal.web;

import java.net.BindException;

/**
 * An address as the flag spells it: {@code host:port}, where no host means all interfaces.
 *
 * @param flag the flag that gave it
 * @param host without brackets
 */
record ListenAddress(String flag, String text, String host, int port) {
  static ListenAddress parse(String flag, String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new ListenAddress(flag, text, host, Integer.parseInt(text.substring(colon + 1)));
  }

  String bindHost() {
    return host.isEmpty() ? "0.0.0.0" : host;
  }

  /** A URL for people. */
  String url(int actualPort) {
    boolean any = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
    String shown = any ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
    return "http://%s:%d".formatted(shown, actualPort);
  }

  /** Why it cannot be listened on, and what would work. */
  String explain(Throwable why) {
    String message = String.valueOf(why.getMessage());
    if (why instanceof BindException && message.contains("in use")) {
      String holder = PortHolder.of(port).map(h -> " by " + h).orElse("");
      return "address %s is in use%s. To run beside it: --%s=%s:%d"
          .formatted(text, holder, flag, host.contains(":") ? "[" + host + "]" : host, beside());
    }
    if (message.contains("ermission denied")) {
      return "address %s cannot be listened on: permission denied. Ports below 1024 need a privilege; for example --%s=:9090"
          .formatted(text, flag);
    }
    return "address %s cannot be listened on: %s. Set another: --%s=HOST:PORT"
        .formatted(text, message, flag);
  }

  private int beside() {
    return port + 100 <= 65_535 ? port + 100 : port - 100;
  }
}
