package io.narthex.scrape.internal.plain;

import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words failures of the network as Go does, which people know from upstream's target page. */
final class DialErrors {
  private DialErrors() {}

  /** No connection could be made. */
  static String connect(InetSocketAddress address, Throwable cause) {
    String what = lower(cause.getMessage(), cause);
    boolean system = cause instanceof ConnectException || cause instanceof NoRouteToHostException;
    return "dial tcp %s: %s: %s".formatted(text(address), system ? "connect" : "socket", what);
  }

  /** A name has no address. */
  static String lookup(String host) {
    return "dial tcp: lookup %s: no such host".formatted(host);
  }

  /** A connection that was made broke. */
  static String broken(
      String operation,
      @Nullable InetSocketAddress local,
      @Nullable InetSocketAddress remote,
      Throwable cause) {
    String way =
        local == null || remote == null ? "tcp" : "tcp %s->%s".formatted(text(local), text(remote));
    return "%s %s: %s: %s".formatted(operation, way, operation, lower(cause.getMessage(), cause));
  }

  private static String lower(@Nullable String message, Throwable cause) {
    String text = message == null ? cause.getClass().getSimpleName() : message;
    return switch (text) {
      case "Connection reset" -> "connection reset by peer";
      case "Broken pipe" -> "broken pipe";
      case "Host is unreachable" -> "no route to host";
      default -> text.toLowerCase(Locale.ROOT);
    };
  }

  private static String text(InetSocketAddress address) {
    String host =
        address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
    int scope = host.indexOf('%');
    boolean v6 = address.getAddress() instanceof Inet6Address;
    return v6
        ? "[%s]:%d"
            .formatted(compress(scope < 0 ? host : host.substring(0, scope)), address.getPort())
        : host + ":" + address.getPort();
  }

  /** As IPv6 addresses are written: the longest run of zeros left out. */
  private static String compress(String host) {
    String longest = "";
    Matcher zeros = Pattern.compile("(?:^|:)0(?::0)+(?=:|$)").matcher(host);
    while (zeros.find()) {
      if (zeros.group().length() > longest.length()) {
        longest = zeros.group();
      }
    }
    if (longest.isEmpty()) {
      return host;
    }
    int at = host.indexOf(longest);
    String before = host.substring(0, at);
    String after = host.substring(at + longest.length());
    return before + (after.startsWith(":") ? ":" + after : "::" + after);
  }
}
