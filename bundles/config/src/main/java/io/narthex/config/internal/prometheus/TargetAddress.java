package io.narthex.config.internal.prometheus;

import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the addresses of static targets: {@code host:port} or {@code host}. */
final class TargetAddress {
  private static final Pattern HOST =
      Pattern.compile(
          "\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._~-]+)?\\]|[^\\s:/?#@\\[\\]\\\\%\"<>^`{|}]+");

  private TargetAddress() {}

  /**
   * What is wrong with the address, or empty.
   *
   * @param pathKey the key that a path belongs into
   */
  static Optional<String> problem(String address, String pathKey) {
    if (address.isEmpty()) {
      return Optional.of("a target is empty; it must be host:port");
    }
    if (address.contains("/")) {
      return Optional.of(
          "target \"%s\" has a \"/\"; it must be host:port, and the path belongs into %s"
              .formatted(address, pathKey));
    }
    int colon = address.lastIndexOf(':');
    boolean hasPort = colon > address.lastIndexOf(']');
    String host = hasPort ? address.substring(0, colon) : address;
    if (!HOST.matcher(host).matches()) {
      return Optional.of(
          "target \"%s\" has no valid host; it must be host:port".formatted(address));
    }
    if (hasPort && !isPort(address.substring(colon + 1))) {
      return Optional.of(
          "target \"%s\" has no valid port; it must be host:port with a port from 1 to 65535"
              .formatted(address));
    }
    return Optional.empty();
  }

  private static boolean isPort(String text) {
    return text.matches("[0-9]{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= 65535;
  }
}
