package io.narthex.console.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the console listens.
 *
 * @param host a name or address of the loopback interface, without brackets
 */
record ConsoleAddress(String host, int port) {
  /**
   * Reads the flag.
   *
   * @throws IllegalArgumentException if that is not on loopback: the console installs code
   */
  static ConsoleAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
    if (!isLoopback(host)) {
      throw new IllegalArgumentException(
          ("--console.listen-address=%s is not on loopback: whoever reaches the console can run code"
                  + " in this process. Use 127.0.0.1%s and a tunnel, such as ssh -L")
              .formatted(text, text.substring(colon)));
    }
    return new ConsoleAddress(host, Integer.parseInt(text.substring(colon + 1)));
  }

  private static boolean isLoopback(String host) {
    try {
      return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  String url() {
    return "http://%s:%d/system/console"
        .formatted(host.contains(":") ? "[" + host + "]" : host, port);
  }
}
