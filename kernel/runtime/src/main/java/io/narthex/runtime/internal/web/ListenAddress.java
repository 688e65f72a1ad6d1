package io.narthex.runtime.internal.web;

import java.net.BindException;

/**
 * An address as the flag spells it: {@code host:port}, where no host means all interfaces.
 *
 * @param host without brackets
 */
record ListenAddress(String text, String host, int port) {
  static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new ListenAddress(text, host, Integer.parseInt(text.substring(colon + 1)));
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
      return "address %s is in use%s. To run beside it: --web.listen-address=%s:%d"
          .formatted(text, holder, host.contains(":") ? "[" + host + "]" : host, beside());
    }
    if (message.contains("ermission denied")) {
      return "address %s cannot be listened on: permission denied. Ports below 1024 need a privilege; for example --web.listen-address=:9090"
          .formatted(text);
    }
    return "address %s cannot be listened on: %s. Set another: --web.listen-address=HOST:PORT"
        .formatted(text, message);
  }

  private int beside() {
    return port + 100 <= 65_535 ? port + 100 : port - 100;
  }
}
