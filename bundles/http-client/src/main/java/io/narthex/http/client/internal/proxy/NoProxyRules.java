package io.narthex.http.client.internal.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which hosts are reached without the proxy, by the rules of Go's NO_PROXY: names match themselves
 * and what is below them, {@code .name} only what is below; addresses, networks and ports; {@code
 * *} means all. Loopback addresses and {@code localhost} never go through it.
 */
final class NoProxyRules {
  private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private final List<Rule> rules = new ArrayList<>();

  NoProxyRules(String list) {
    for (String part : list.split(",")) {
      String entry = part.strip().toLowerCase(Locale.ROOT);
      if (!entry.isEmpty()) {
        rule(entry).ifPresent(rules::add);
      }
    }
  }

  boolean bypasses(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    Optional<InetAddress> address = address(name);
    if (name.equals("localhost") || address.filter(InetAddress::isLoopbackAddress).isPresent()) {
      return true;
    }
    return rules.stream().anyMatch(rule -> rule.matches(name, address, port));
  }

  private sealed interface Rule {
    boolean matches(String host, Optional<InetAddress> address, int port);

    record All() implements Rule {
      @Override
      public boolean matches(String host, Optional<InetAddress> address, int port) {
        return true;
      }
    }

    record Network(InetAddress base, int bits) implements Rule {
      @Override
      public boolean matches(String host, Optional<InetAddress> address, int port) {
        return address.isPresent() && sameBits(base.getAddress(), address.get().getAddress());
      }

      private boolean sameBits(byte[] left, byte[] right) {
        if (left.length != right.length) {
          return false;
        }
        for (int bit = 0; bit < bits; bit++) {
          int mask = 0x80 >> bit % 8;
          if (((left[bit / 8] ^ right[bit / 8]) & mask) != 0) {
            return false;
          }
        }
        return true;
      }
    }

    /**
     * An address.
     *
     * @param onPort 0: any
     */
    record Address(InetAddress wanted, int onPort) implements Rule {
      @Override
      public boolean matches(String host, Optional<InetAddress> address, int port) {
        return address.filter(wanted::equals).isPresent() && (onPort == 0 || onPort == port);
      }
    }

    /**
     * A domain.
     *
     * @param below begins with a dot
     * @param itself whether the name without the dot matches as well
     */
    record Domain(String below, boolean itself, int onPort) implements Rule {
      @Override
      public boolean matches(String host, Optional<InetAddress> address, int port) {
        return address.isEmpty()
            && (host.endsWith(below) || (itself && host.equals(below.substring(1))))
            && (onPort == 0 || onPort == port);
      }
    }
  }

  private static Optional<Rule> rule(String entry) {
    if (entry.equals("*")) {
      return Optional.of(new Rule.All());
    }
    int slash = entry.indexOf('/');
    if (slash > 0) {
      Optional<Rule> network = network(entry.substring(0, slash), entry.substring(slash + 1));
      if (network.isPresent()) {
        return network;
      }
    }
    String host = entry;
    int port = 0;
    int colon = entry.lastIndexOf(':');
    boolean bracketed = entry.startsWith("[");
    if (colon >= 0 && (entry.indexOf(':') == colon || bracketed)) {
      if (!entry.substring(colon + 1).matches("[0-9]{1,5}")) {
        return Optional.empty();
      }
      host = entry.substring(0, colon);
      port = Integer.parseInt(entry.substring(colon + 1));
    }
    return forHost(host.replaceAll("^\\[|]$", ""), port);
  }

  private static Optional<Rule> forHost(String host, int port) {
    Optional<InetAddress> address = address(host);
    if (address.isPresent()) {
      return Optional.of(new Rule.Address(address.get(), port));
    }
    String name = host.startsWith("*.") ? host.substring(1) : host;
    if (name.isEmpty()) {
      return Optional.empty();
    }
    boolean onlyBelow = name.startsWith(".");
    return Optional.of(new Rule.Domain(onlyBelow ? name : "." + name, !onlyBelow, port));
  }

  private static Optional<Rule> network(String base, String bits) {
    Optional<InetAddress> address = address(base);
    if (address.isEmpty() || !bits.matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int count = Integer.parseInt(bits);
    return count <= address.get().getAddress().length * 8
        ? Optional.of(new Rule.Network(address.get(), count))
        : Optional.empty();
  }

  /** The address, if the text is one; names are never looked up. */
  private static Optional<InetAddress> address(String text) {
    if (!V4.matcher(text).matches() && text.indexOf(':') < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
